package io.continuo.presence.subject;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.SubjectRequest;
import io.continuo.common.model.Lifecycle;
import io.continuo.common.model.Subject;
import io.continuo.common.model.Subject.Facts;
import io.continuo.common.model.Subject.Standing;
import io.continuo.common.model.SubjectChange;
import io.continuo.common.model.SubjectId;
import io.continuo.common.model.SubjectWrite;
import io.continuo.common.model.SubjectWrite.FactsPatch;
import io.continuo.presence.subject.SubjectStore.Current;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes subjects, changes whose they are and whether they are blocked, and ends them. */
final class Definitions {
    private static final int MOST_ATTEMPTS = 20;
    private static final int MOST_USERS = 1_000;
    static final Reply.Failure UNKNOWN = Reply.Failure.of(ErrorCode.NOT_FOUND, "There is no such subject.");

    private final SubjectStore store;
    private final Grants grants;
    private final NewsSender news;

    Definitions(SubjectStore store, Grants grants, NewsSender news) {
        this.store = store;
        this.grants = grants;
        this.news = news;
    }

    /** What is done already may be asked for again: then it is seen to that all lists know. */
    Future<Reply> define(SubjectRequest.Define request) {
        return define(request, MOST_ATTEMPTS);
    }

    private Future<Reply> define(SubjectRequest.Define request, int attempts) {
        return read(request.subject()).compose(before -> {
            if (!before.exists() && !request.create()) {
                return Future.succeededFuture(UNKNOWN);
            }
            Facts facts = facts(before, request.facts());
            if (facts.shared().size() > MOST_USERS) {
                return Future.succeededFuture(Reply.Failure.ofProperty(
                        ErrorCode.INVALID_PROPERTY,
                        "shared_with",
                        "A subject can be shared with at most " + MOST_USERS + " users."));
            }
            Draft draft = draft(before, facts, request.write());
            return store.write(List.of(draft)).compose(written -> switch (written.getFirst()) {
                case Written.Stored stored -> settle(before, facts, draft, stored);
                case Written.Missing ignored -> Future.succeededFuture(UNKNOWN);
                case Written.Conflict ignored ->
                    attempts > 0
                            ? define(request, attempts - 1)
                            : Future.succeededFuture(Reply.Failure.of(
                                    ErrorCode.SERVICE_UNAVAILABLE, "Others write to this subject; try again."));
            });
        });
    }

    Future<Reply> delete(SubjectId subject) {
        return read(subject)
                .compose(before -> store.delete(subject).compose(written -> {
                    if (!(written instanceof Written.Stored stored)) {
                        return Future.succeededFuture(UNKNOWN);
                    }
                    news.tell(
                            stored.loops(),
                            new SubjectChange(
                                    subject,
                                    stored.base(),
                                    stored.version(),
                                    null,
                                    null,
                                    List.of(),
                                    null,
                                    Lifecycle.CORRUPT));
                    return grants.note(subject, stored.version(), List.of(), users(subject, before.facts()))
                            .map(Reply.Done.INSTANCE);
                }));
    }

    Future<Subject> read(SubjectId subject) {
        return store.read(List.of(subject)).map(List::getFirst);
    }

    private Future<Reply> settle(Subject before, Facts facts, Draft draft, Written.Stored stored) {
        Facts now = new Facts(
                stored.version(), facts.sourceId(), facts.label(), facts.owner(), facts.shared(), facts.standing());
        SubjectId subject = before.id();
        news.tell(
                stored.loops(),
                new SubjectChange(
                        subject,
                        stored.base(),
                        stored.version(),
                        now,
                        draft.state(),
                        Writes.readings(draft, stored),
                        draft.iot(),
                        draft.event()));
        Set<String> with = users(subject, now);
        Set<String> without = users(subject, before.facts());
        without.removeAll(with);
        return grants.note(subject, stored.version(), with, without)
                .compose(noted -> read(subject))
                .map(after -> new Reply.SubjectFound(after, !before.exists()));
    }

    private static Draft draft(Subject before, Facts facts, @Nullable SubjectWrite write) {
        Values values = new Values();
        if (write != null) {
            values.add(write);
        }
        List<String> fields = List.of(
                "source",
                Long.toString(facts.sourceId()),
                "label",
                facts.label(),
                "owner",
                facts.owner() == null ? "" : facts.owner(),
                "shared",
                String.join("\n", facts.shared()),
                "standing",
                facts.standing().name());
        return values.draft(
                before.id(), Long.toString(before.version()), current(before), fields, event(before, facts));
    }

    private static Current current(Subject subject) {
        Map<String, String> readings = new HashMap<>();
        subject.readings().stream()
                .filter(reading -> !reading.gone())
                .forEach(reading -> readings.put(ReadingParts.name(reading.list(), reading.key()), reading.json()));
        return new Current(
                subject.exists(),
                Long.toString(subject.version()),
                subject.state().json(),
                subject.iot().json(),
                readings);
    }

    private static @Nullable Lifecycle event(Subject before, Facts facts) {
        boolean blocked = facts.standing() == Standing.BLOCKED;
        if (blocked == before.blocked()) {
            return null;
        }
        return blocked ? Lifecycle.BLOCK : Lifecycle.UNBLOCK;
    }

    private static Facts facts(Subject before, FactsPatch patch) {
        Facts old = before.exists() && before.facts() != null
                ? before.facts()
                : new Facts(0, before.id().id(), "", null, List.of(), Standing.OPEN);
        Set<String> shared = new LinkedHashSet<>(patch.shared() == null ? old.shared() : patch.shared());
        shared.addAll(patch.share());
        patch.unshare().forEach(shared::remove);
        String owner = patch.disown() ? null : patch.owner() == null ? old.owner() : patch.owner();
        Standing standing = old.standing();
        if (patch.blocked() != null) {
            standing = patch.blocked() ? Standing.BLOCKED : Standing.OPEN;
        }
        return new Facts(
                0,
                patch.sourceId() == null ? old.sourceId() : patch.sourceId(),
                patch.label() == null ? old.label() : patch.label(),
                owner,
                new ArrayList<>(shared),
                standing);
    }

    /** All who may see it, the app's backend among them. */
    private static Set<String> users(SubjectId subject, @Nullable Facts facts) {
        Set<String> users = new LinkedHashSet<>();
        if (facts != null) {
            users.add(Grants.everybody(subject));
            users.addAll(facts.shared());
            if (facts.owner() != null) {
                users.add(facts.owner());
            }
        }
        return users;
    }
}
