package io.continuo.common.model;

import io.continuo.common.model.Subject.Facts;
import io.continuo.common.model.Subject.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one change made of a subject. Who knows it at {@code base} knows it at {@code version} afterwards; who knows
 * another version has missed something and has to look.
 *
 * @param base the subject's version before; 0 when it was made
 * @param facts null when they are as before
 * @param state an object as text; null when it is as before
 * @param readings the parts that were written
 * @param iot an object as text; null when it is as before
 * @param lifecycle null when nothing became of it
 */
public record SubjectChange(
        SubjectId id,
        long base,
        long version,
        @Nullable Facts facts,
        @Nullable String state,
        List<Reading> readings,
        @Nullable String iot,
        @Nullable Lifecycle lifecycle) {
    public SubjectChange {
        readings = List.copyOf(readings);
    }
}
