package io.continuo.gateway.socket.feed;

import io.continuo.common.event.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done when the cursor has come to certain places. */
final class Milestones {
    private final List<Milestone> open = new ArrayList<>(1);

    void at(Position target, Runnable action) {
        open.add(new Milestone(target, action));
    }

    /** At the tail, which the next {@link #tailIs} tells. */
    void atNextTail(Runnable action) {
        open.add(new Milestone(null, action));
    }

    void tailIs(Position tail) {
        open.replaceAll(milestone -> milestone.target == null ? new Milestone(tail, milestone.action) : milestone);
    }

    /** The history ends at {@code tail}: what is to be done later than that is done there. */
    void notBeyond(Position tail) {
        open.replaceAll(milestone -> milestone.target != null && milestone.target.compareTo(tail) > 0
                ? new Milestone(tail, milestone.action)
                : milestone);
    }

    /** Does what is due. An action may move the cursor and add milestones. */
    void pass(Cursor cursor) {
        int i = 0;
        while (i < open.size()) {
            Milestone milestone = open.get(i);
            if (milestone.target == null || cursor.isBefore(milestone.target)) {
                i++;
            } else {
                open.remove(i);
                milestone.action.run();
                i = 0;
            }
        }
    }

    void clear() {
        open.clear();
    }

    private record Milestone(@Nullable Position target, Runnable action) {}
}
