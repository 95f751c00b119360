package io.continuo.common.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * New values of one subject, to be merged with what is there, or to replace it.
 *
 * @param id as the app numbers it
 * @param replace whether each value that is given replaces what was there; otherwise it is merged: a state as a JSON merge
 *     patch, readings part by part, iot by putting values before those that are there
 * @param state an object as text; null for none
 * @param readings an object as text; null for none
 * @param iot an object as text; null for none
 */
public record SubjectWrite(
        long id,
        boolean replace,
        @Nullable String state,
        @Nullable String readings,
        @Nullable String iot) {

    /** What is to become of the facts; what is null or {@code false} stays as it is. */
    public record FactsPatch(
            @Nullable Long sourceId,
            @Nullable String label,
            @Nullable String owner,
            boolean disown,
            @Nullable List<String> shared,
            List<String> share,
            List<String> unshare,
            @Nullable Boolean blocked) {
        public FactsPatch {
            shared = shared == null ? null : List.copyOf(shared);
            share = List.copyOf(share);
            unshare = List.copyOf(unshare);
        }
    }
}
