package io.continuo.common.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thing with a current state of some kinds that users watch, such as a vehicle's tracker.
 *
 * <p>Versions are microseconds since the epoch by the clock of Redis, pushed forward where needed, so that a subject's
 * only grow; they compare with times as well.
 *
 * @param version of the newest change of anything; 0 for a subject that there never was
 * @param facts null for a subject that there never was
 * @param readings every part that there is or was, in no order
 * @param lifecycle the newest entries, oldest first
 */
public record Subject(
        SubjectId id,
        long version,
        @Nullable Facts facts,
        Value state,
        List<Reading> readings,
        Value iot,
        List<Milestone> lifecycle) {

    /** How many values of an attribute are kept. */
    public static final int IOT_VALUES = 12;

    public Subject {
        readings = List.copyOf(readings);
        lifecycle = List.copyOf(lifecycle);
    }

    /** What there is of a subject that there never was. */
    public static Subject none(SubjectId id) {
        return new Subject(id, 0, null, Value.NONE, List.of(), Value.NONE, List.of());
    }

    /** Whether it exists. */
    public boolean exists() {
        return facts != null && facts.standing() != Standing.GONE;
    }

    public boolean blocked() {
        return facts != null && facts.standing() == Standing.BLOCKED;
    }

    /** Whether {@code user} owns it, it is shared with them, or they are the app's backend. */
    public boolean isSeenBy(String user) {
        return facts != null
                && (UserId.isBackend(user)
                        || user.equals(facts.owner())
                        || facts.shared().contains(user));
    }

    /** Whether changes reach those who watch it. */
    public enum Standing {
        OPEN,
        BLOCKED,
        GONE
    }

    /**
     * Everything about a subject but its values.
     *
     * @param version of the change that made them so
     * @param sourceId what its state and its lifecycle go by; not the subject's id
     * @param owner null for nobody
     * @param shared users who may watch it too
     */
    public record Facts(
            long version,
            long sourceId,
            String label,
            @Nullable String owner,
            List<String> shared,
            Standing standing) {
        public Facts {
            shared = List.copyOf(shared);
        }
    }

    /**
     * @param version of the change that made it so; 0 for never
     * @param json an object as text; empty for none
     */
    public record Value(long version, String json) {
        public static final Value NONE = new Value(0, "");
    }

    /**
     * A part of the readings, that which replaces an older one of the same list and key.
     *
     * @param key the sensor's id, the field or the type, as text
     * @param version of the change that made it so
     * @param json an object as text; for a part that is gone it has nothing but its key and a {@code value} of null
     */
    public record Reading(ReadingList list, String key, long version, String json, boolean gone) {}

    /** An entry of the lifecycle. */
    public record Milestone(long version, Lifecycle event) {}
}
