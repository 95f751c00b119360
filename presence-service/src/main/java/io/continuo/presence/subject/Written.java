package io.continuo.presence.subject;

import java.util.List;
import java.util.Map;

/** What came of writing a {@link Draft}. */
sealed interface Written {

    /** There is no such subject. */
    record Missing() implements Written {}

    /** Somebody else was faster; to be read and tried again. */
    record Conflict() implements Written {}

    /**
     * @param loops addresses of those who watch
     * @param gone JSON by part of the readings that went because others are to be alone
     */
    record Stored(long base, long version, List<String> loops, Map<String, String> gone) implements Written {}
}
