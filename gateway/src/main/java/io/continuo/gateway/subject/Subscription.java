package io.continuo.gateway.subject;

import io.continuo.gateway.subject.Interest.Kind;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All that one client's session wants to be told of subjects, at most one interest of each kind. Events of different
 * kinds go their own pace; a subject's lifecycle keeps its place among its states.
 *
 * <p>Threading: belongs to the event loop of its {@link SubjectFeed}.
 */
public interface Subscription {

    /**
     * Adds interests, each instead of any of its kind. {@code answer} is called exactly once, before the first event that
     * they lead to; then come the snapshots, then changes.
     */
    void subscribe(List<Interest> interests, Consumer<Outcome> answer);

    /**
     * As {@link #subscribe}, for a client that has been told everything up to {@code since}, here or on any other node: in
     * place of snapshots it gets what has changed since, the latest state, the readings' parts that were written, and all
     * of the lifecycle.
     */
    void resume(List<Interest> interests, Cursor since, Consumer<Outcome> answer);

    /** Ends the interests of these kinds. */
    void unsubscribe(Set<Kind> kinds);

    /** What it is interested in now. */
    List<Interest> interests();

    /** Up to where everything has been given to the sink. */
    Cursor cursor();

    /** The sink takes events again. */
    void drained();

    /** Ends it; the sink hears nothing any more. */
    void close();
}
