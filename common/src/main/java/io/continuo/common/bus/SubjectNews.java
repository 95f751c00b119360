package io.continuo.common.bus;

import io.continuo.common.model.SubjectChange;
import io.continuo.common.model.SubjectId;
import java.util.List;

/** What the presence service sends to the gateway loops that watch subjects, at {@link Addresses#subjects}. */
public sealed interface SubjectNews extends BusMessage {

    /** Subjects have changed, each one's changes in order; answered by {@link Reply.Done}. */
    record Changed(List<SubjectChange> changes) implements SubjectNews {
        public Changed {
            changes = List.copyOf(changes);
        }
    }

    /** What a user may see is no longer the same; answered by {@link Reply.Done}. */
    record Granted(String user, List<SubjectId> joined, List<SubjectId> left) implements SubjectNews {
        public Granted {
            joined = List.copyOf(joined);
            left = List.copyOf(left);
        }
    }
}
