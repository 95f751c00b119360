package io.continuo.presence.subject;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.Reply.Failure;
import io.continuo.common.bus.Reply.Rejection;
import io.continuo.common.bus.SubjectRequest;
import io.continuo.common.model.Subject.Reading;
import io.continuo.common.model.SubjectChange;
import io.continuo.common.model.SubjectId;
import io.continuo.common.model.SubjectWrite;
import io.continuo.presence.subject.SubjectStore.Current;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of many subjects with a few round trips for all of them: one to read what is to be merged, one to write.
 * What comes for a subject that is being written waits, and becomes one change with whatever else waits for it. Where
 * another instance has written between reading and writing, it is tried again.
 *
 * <p>Threading: belongs to one event loop.
 */
final class Writes {
    private static final int MOST_ATTEMPTS = 20;
    private static final Failure BUSY =
            Failure.of(ErrorCode.SERVICE_UNAVAILABLE, "Others write to this subject all the time; try again.");

    private final SubjectStore store;
    private final NewsSender news;
    /** What is being written, and for each subject of it what comes next. */
    private final Map<SubjectId, Job> underWay = new HashMap<>();

    private final Map<SubjectId, Job> waiting = new LinkedHashMap<>();

    Writes(SubjectStore store, NewsSender news) {
        this.store = store;
        this.news = news;
    }

    /** Stores all that it can. */
    Future<Reply> write(SubjectRequest.Write request) {
        List<SubjectWrite> writes = request.writes();
        Ticket ticket = new Ticket(writes.size());
        Map<SubjectId, Job> fresh = new LinkedHashMap<>();
        for (int place = 0; place < writes.size(); place++) {
            SubjectWrite write = writes.get(place);
            SubjectId subject = new SubjectId(request.app(), write.id());
            (underWay.containsKey(subject) ? waiting : fresh)
                    .computeIfAbsent(subject, Job::new)
                    .add(ticket, place, write);
        }
        start(fresh.values());
        return ticket.reply();
    }

    private void start(Collection<Job> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        jobs.forEach(job -> underWay.put(job.subject, job));
        attempt(jobs, 1).onComplete((done, failure) -> {
            List<Job> next = new ArrayList<>();
            for (Job job : jobs) {
                underWay.remove(job.subject);
                Job waits = waiting.remove(job.subject);
                if (waits != null) {
                    next.add(waits);
                }
                if (failure != null) {
                    job.fail(failure);
                }
            }
            start(next);
        });
    }

    private Future<Void> attempt(Collection<Job> jobs, int number) {
        if (jobs.isEmpty()) {
            return Future.succeededFuture();
        }
        if (number > MOST_ATTEMPTS) {
            jobs.forEach(job -> job.end(BUSY));
            return Future.succeededFuture();
        }
        return read(jobs).compose(current -> {
            List<Job> ready = new ArrayList<>(jobs.size());
            List<Draft> drafts = new ArrayList<>(jobs.size());
            for (Job job : jobs) {
                Current known = current.get(job);
                if (known != null && !known.exists()) {
                    job.end(Definitions.UNKNOWN);
                } else {
                    ready.add(job);
                    drafts.add(job.draft(known));
                }
            }
            return drafts.isEmpty()
                    ? Future.succeededFuture()
                    : store.write(drafts).compose(written -> attempt(settle(ready, drafts, written), number + 1));
        });
    }

    private Future<Map<Job, Current>> read(Collection<Job> jobs) {
        List<Job> merging = jobs.stream().filter(job -> job.values.merges()).toList();
        if (merging.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return store.current(merging.stream()
                        .map(job -> job.values.want(job.subject))
                        .toList())
                .map(found -> {
                    Map<Job, Current> current = new HashMap<>();
                    for (int i = 0; i < merging.size(); i++) {
                        current.put(merging.get(i), found.get(i));
                    }
                    return current;
                });
    }

    /** Those that have to be tried again. */
    private List<Job> settle(List<Job> jobs, List<Draft> drafts, List<Written> written) {
        List<Job> again = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            switch (written.get(i)) {
                case Written.Missing ignored -> jobs.get(i).end(Definitions.UNKNOWN);
                case Written.Conflict ignored -> again.add(jobs.get(i));
                case Written.Stored stored -> {
                    news.tell(stored.loops(), change(drafts.get(i), stored));
                    jobs.get(i).end(null);
                }
            }
        }
        return again;
    }

    private static SubjectChange change(Draft draft, Written.Stored stored) {
        return new SubjectChange(
                draft.subject(),
                stored.base(),
                stored.version(),
                null,
                draft.state(),
                readings(draft, stored),
                draft.iot(),
                draft.event());
    }

    /** The parts that a draft has written, and those that it has made go. */
    static List<Reading> readings(Draft draft, Written.Stored stored) {
        if (draft.readings().isEmpty() && stored.gone().isEmpty()) {
            return List.of();
        }
        List<Reading> readings = new ArrayList<>();
        draft.readings()
                .forEach((part, json) -> readings.add(ReadingParts.reading(part, stored.version(), json, false)));
        stored.gone().forEach((part, json) -> readings.add(ReadingParts.reading(part, stored.version(), json, true)));
        return readings;
    }

    /** All that is to be written of one subject at once, and who waits for it. */
    private static final class Job {
        private final SubjectId subject;
        private final Values values = new Values();
        private final List<Ticket> tickets = new ArrayList<>(1);
        private final List<Integer> places = new ArrayList<>(1);

        Job(SubjectId subject) {
            this.subject = subject;
        }

        void add(Ticket ticket, int place, SubjectWrite write) {
            tickets.add(ticket);
            places.add(place);
            values.add(write);
        }

        Draft draft(@Nullable Current known) {
            return values.draft(subject, known == null ? Draft.IF_THERE : known.version(), known, List.of(), null);
        }

        /** @param refusal null when it is stored */
        void end(@Nullable Failure refusal) {
            for (int i = 0; i < tickets.size(); i++) {
                tickets.get(i).end(places.get(i), refusal);
            }
        }

        void fail(Throwable failure) {
            tickets.forEach(ticket -> ticket.fail(failure));
        }
    }

    /** A request, and how many of its writes are still to be done. */
    private static final class Ticket {
        private final Promise<Reply> promise = Promise.promise();
        private final List<Rejection> rejections = new ArrayList<>(0);
        private int left;

        Ticket(int writes) {
            left = writes;
            if (left == 0) {
                promise.complete(new Reply.SubjectsWritten(List.of()));
            }
        }

        Future<Reply> reply() {
            return promise.future();
        }

        void end(int place, @Nullable Failure refusal) {
            if (refusal != null) {
                rejections.add(new Rejection(place, refusal));
            }
            left--;
            if (left == 0) {
                rejections.sort(Comparator.comparingInt(Rejection::place));
                promise.tryComplete(new Reply.SubjectsWritten(rejections));
            }
        }

        void fail(Throwable failure) {
            promise.tryFail(failure);
        }
    }
}
