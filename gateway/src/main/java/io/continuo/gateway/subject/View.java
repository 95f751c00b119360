package io.continuo.gateway.subject;

import io.continuo.common.model.Lifecycle;
import io.continuo.common.model.Subject;
import io.continuo.common.model.Subject.Facts;
import io.continuo.common.model.Subject.Milestone;
import io.continuo.common.model.Subject.Reading;
import io.continuo.common.model.Subject.Standing;
import io.continuo.common.model.Subject.Value;
import io.continuo.common.model.SubjectChange;
import io.continuo.common.model.SubjectId;
import io.continuo.gateway.subject.Interest.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A subject as one event loop knows it, once for all who watch it there. The loop keeps it up to date, so that who is told
 * later than others is told what is true then: that is all there is to conflation.
 */
final class View {
    private static final int MOST_MILESTONES = 32;

    private final SubjectId id;
    private final Rendering rendering = new Rendering(this);
    private final Map<String, Reading> readings = new HashMap<>();
    private final List<Milestone> lifecycle = new ArrayList<>(1);
    private final Set<Subscription> watchers = new HashSet<>();
    private long version;
    private @Nullable Facts facts;
    private Value state = Value.NONE;
    private Value iot = Value.NONE;
    private long readingsVersion;
    private int holds;
    private boolean wasIdle;

    View(SubjectId id) {
        this.id = id;
    }

    SubjectId id() {
        return id;
    }

    long version() {
        return version;
    }

    /** The version since which it is as it is now, as far as {@code kind} shows it; 0 when there is nothing to show. */
    long version(Kind kind) {
        return switch (kind) {
            case STATE, STATE_BATCH -> state.version();
            case READINGS_BATCH -> readingsVersion;
            case IOT_MONITOR -> iot.version();
        };
    }

    /** About how long that is in JSON. */
    long chars(Kind kind) {
        return switch (kind) {
            case STATE, STATE_BATCH -> state.json().length();
            case READINGS_BATCH ->
                readings.values().stream()
                        .mapToLong(reading -> reading.json().length())
                        .sum();
            case IOT_MONITOR -> iot.json().length();
        };
    }

    boolean exists() {
        return facts != null && facts.standing() != Standing.GONE;
    }

    boolean isBlocked() {
        return facts != null && facts.standing() == Standing.BLOCKED;
    }

    boolean isSeenBy(String user) {
        return facts != null && (user.equals(facts.owner()) || facts.shared().contains(user));
    }

    /** The version of the change that made whose it is as it is now. */
    long factsVersion() {
        return facts == null ? 0 : facts.version();
    }

    /** What the state and the lifecycle go by. */
    long sourceId() {
        return facts == null ? id.id() : facts.sourceId();
    }

    Value state() {
        return state;
    }

    Value iot() {
        return iot;
    }

    Collection<Reading> readings() {
        return readings.values();
    }

    List<Milestone> lifecycle() {
        return lifecycle;
    }

    Rendering rendering() {
        return rendering;
    }

    Set<Subscription> watchers() {
        return watchers;
    }

    /** While it is asked for, it is kept. */
    void holds(int more) {
        holds += more;
        wasIdle = false;
    }

    boolean isOfNoInterest() {
        return watchers.isEmpty() && holds == 0;
    }

    /** Whether this is asked for the second time since it was of interest. */
    boolean isIdleAgain() {
        boolean before = wasIdle;
        wasIdle = true;
        return before;
    }

    /** Takes a change that continues what is known; false when something is missing between. One that is known is no news. */
    boolean take(SubjectChange change) {
        if (change.base() != version) {
            return change.version() <= version;
        }
        version = change.version();
        if (change.facts() != null) {
            facts = change.facts();
            rendering.factsChanged();
        }
        if (change.state() != null) {
            state = new Value(version, change.state());
        }
        if (change.iot() != null) {
            iot = new Value(version, change.iot());
        }
        change.readings().forEach(this::put);
        if (change.lifecycle() != null) {
            add(change.lifecycle());
        }
        return true;
    }

    /** Takes what was read. */
    void replace(Subject subject) {
        version = subject.version();
        facts = subject.facts();
        state = subject.state();
        iot = subject.iot();
        readings.clear();
        readingsVersion = 0;
        subject.readings().forEach(this::put);
        lifecycle.clear();
        lifecycle.addAll(subject.lifecycle());
        rendering.factsChanged();
    }

    private void put(Reading reading) {
        readings.put(reading.list().wire() + ":" + reading.key(), reading);
        readingsVersion = Math.max(readingsVersion, reading.version());
        rendering.readingsChanged();
    }

    private void add(Lifecycle event) {
        if (lifecycle.size() == MOST_MILESTONES) {
            lifecycle.removeFirst();
        }
        lifecycle.add(new Milestone(version, event));
        if (event == Lifecycle.CORRUPT && facts != null) {
            facts = new Facts(version, facts.sourceId(), facts.label(), facts.owner(), facts.shared(), Standing.GONE);
            state = Value.NONE;
            iot = Value.NONE;
            readings.clear();
            readingsVersion = 0;
        }
    }
}
