package io.continuo.presence.subject;

import io.continuo.common.model.Lifecycle;
import io.continuo.common.model.SubjectId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written of a subject.
 *
 * @param condition {@link #IF_THERE}, or the version that must be current
 * @param state null to leave it
 * @param iot null to leave it
 * @param onlyThese whether no other readings are to remain
 * @param readings JSON by part, see {@link ReadingParts}
 * @param facts fields and values; empty to leave them
 */
record Draft(
        SubjectId subject,
        String condition,
        @Nullable String state,
        @Nullable String iot,
        boolean onlyThese,
        Map<String, String> readings,
        List<String> facts,
        @Nullable Lifecycle event) {

    /** The subject has to exist, whatever its version. */
    static final String IF_THERE = "";
}
