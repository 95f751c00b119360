package io.continuo.common.bus;

import io.continuo.common.model.SubjectId;
import io.continuo.common.model.SubjectWrite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a gateway asks about subjects, of the presence service at {@link Addresses#SUBJECTS}. */
public sealed interface SubjectRequest extends BusMessage {

    /**
     * Writes values of subjects of an app, all those that it can; answered by {@link Reply.SubjectsWritten} when they are
     * stored.
     *
     * @param app its tag
     */
    record Write(String app, List<SubjectWrite> writes) implements SubjectRequest {
        public Write {
            writes = List.copyOf(writes);
        }
    }

    /**
     * Makes a subject, or changes its facts and its values; answered by {@link Reply.SubjectFound}.
     *
     * @param create whether one that is not there is made
     * @param write values to go with it; null for none
     */
    record Define(
            SubjectId subject,
            boolean create,
            SubjectWrite.FactsPatch facts,
            @Nullable SubjectWrite write) implements SubjectRequest {}

    /** Ends a subject, which its watchers learn as {@code corrupt}; answered by {@link Reply.Done}. */
    record Delete(SubjectId subject) implements SubjectRequest {}

    /** Answered by {@link Reply.SubjectFound}, or not found, also for what {@code user} may not see. */
    record Get(String user, SubjectId subject) implements SubjectRequest {}

    /**
     * The subjects of an app, or those that a user may see, newest first: {@link Reply.SubjectPage}.
     *
     * @param user whose; the app's backend for all
     * @param after the subject after which the page starts; null for the first page
     */
    record ListAll(String user, int pageSize, @Nullable Long after) implements SubjectRequest {}

    /**
     * From now on changes of these subjects go to {@code loop}; answered by {@link Reply.SubjectsWatched}.
     *
     * @param loop its address, see {@link Addresses#subjects}
     * @param token grows with each request of the loop, so that a late {@link Unwatch} cannot undo a newer one
     * @param known the versions that the loop knows, 0 for none: only what differs is answered
     */
    record Watch(String loop, long token, List<SubjectId> subjects, List<Long> known) implements SubjectRequest {
        public Watch {
            subjects = List.copyOf(subjects);
            known = List.copyOf(known);
        }
    }

    /** Ends what {@link Watch} began, unless it was renewed since; answered by {@link Reply.Done}. */
    record Unwatch(String loop, long token, List<SubjectId> subjects) implements SubjectRequest {
        public Unwatch {
            subjects = List.copyOf(subjects);
        }
    }

    /**
     * From now on {@code loop} hears what becomes visible to {@code user} and what no longer is; answered by
     * {@link Reply.SubjectsGranted}.
     *
     * @param since microseconds since the epoch: what has left the user's sight since then is told too
     */
    record WatchUser(String user, String loop, long token, long since) implements SubjectRequest {}

    /** Ends what {@link WatchUser} began, unless it was renewed since; answered by {@link Reply.Done}. */
    record UnwatchUser(String user, String loop, long token) implements SubjectRequest {}
}
