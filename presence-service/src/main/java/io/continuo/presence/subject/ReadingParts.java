package io.continuo.presence.subject;

import io.continuo.common.model.ReadingList;
import io.continuo.common.model.Subject.Reading;

/** The parts of readings by one name each, {@code <list>:<key>}. */
final class ReadingParts {
    private ReadingParts() {}

    static String name(ReadingList list, String key) {
        return list.wire() + ":" + key;
    }

    static Reading reading(String part, long version, String json, boolean gone) {
        int colon = part.indexOf(':');
        return new Reading(
                ReadingList.of(part.substring(0, colon)).orElseThrow(), part.substring(colon + 1), version, json, gone);
    }
}
