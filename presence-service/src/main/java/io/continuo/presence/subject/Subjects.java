package io.continuo.presence.subject;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Listening;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.SubjectRequest;
import io.continuo.common.bus.TimelyRequests;
import io.continuo.common.bus.UnderWay;
import io.continuo.common.model.Subject;
import io.continuo.common.model.SubjectId;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RankedPage;
import io.continuo.common.redis.RedisDown;
import io.continuo.common.redis.RedisLink;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what gateways ask about subjects, always: what goes wrong becomes a {@link Reply.Failure}.
 *
 * <p>Threading: belongs to one event loop.
 */
public final class Subjects {
    private static final Logger log = LoggerFactory.getLogger(Subjects.class);

    private final RedisLink redis;
    private final UnderWay underWay;
    private final SubjectStore store;
    private final Grants grants;
    private final Definitions definitions;
    private final Writes writes;
    private final Listening<SubjectRequest> listening;

    public Subjects(Vertx vertx, RedisLink redis, UnderWay underWay, MeterRegistry meters) {
        this.redis = redis;
        this.underWay = underWay;
        store = new SubjectStore(redis);
        NewsSender news = new NewsSender(vertx, this::forget);
        grants = new Grants(redis, news);
        definitions = new Definitions(store, grants, news);
        writes = new Writes(store, news);
        listening = new Listening<>(vertx, new TimelyRequests<>(vertx, meters, this::handle));
    }

    /** Listens; completes when it can be reached. */
    public Future<Void> start() {
        return store.prepare().compose(ready -> grants.prepare()).compose(ready -> listening.at(Addresses.SUBJECTS));
    }

    /** Where it is asked. */
    public Listening<?> ears() {
        return listening;
    }

    /** Listens no more; completes when nobody can ask any more. */
    public Future<Void> stop() {
        return listening.retire();
    }

    private void handle(Message<SubjectRequest> message) {
        underWay.count(Future.succeededFuture(message.body()).compose(this::answer))
                .otherwise(Subjects::failure)
                .onSuccess(message::reply);
    }

    private Future<Reply> answer(SubjectRequest request) {
        return switch (request) {
            case SubjectRequest.Write write -> writes.write(write);
            case SubjectRequest.Define define -> definitions.define(define);
            case SubjectRequest.Delete delete -> definitions.delete(delete.subject());
            case SubjectRequest.Get get -> definitions.read(get.subject()).map(subject -> seen(subject, get.user()));
            case SubjectRequest.ListAll list -> list(list);
            case SubjectRequest.Watch watch -> watch(watch);
            case SubjectRequest.Unwatch unwatch ->
                store.unwatch(unwatch.loop(), unwatch.token(), unwatch.subjects())
                        .map(Reply.Done.INSTANCE);
            case SubjectRequest.WatchUser watch -> grants.watch(watch);
            case SubjectRequest.UnwatchUser unwatch -> grants.unwatch(unwatch);
        };
    }

    private static Reply seen(Subject subject, String user) {
        return subject.exists() && subject.isSeenBy(user)
                ? new Reply.SubjectFound(subject, false)
                : Definitions.UNKNOWN;
    }

    /** The time is asked for first, on the same connections, so that nothing which changes later is older. */
    private Future<Reply> watch(SubjectRequest.Watch request) {
        Future<Long> time = store.time();
        Future<List<Subject>> subjects = request.subjects().isEmpty()
                ? Future.succeededFuture(List.of())
                : store.watch(request.loop(), request.token(), request.subjects(), request.known());
        return Future.all(time, subjects).map(done -> new Reply.SubjectsWatched(time.result(), subjects.result()));
    }

    private Future<Reply> list(SubjectRequest.ListAll request) {
        String after = request.after() == null ? null : request.after().toString();
        return RankedPage.read(redis, Keys.subjects(request.user()), after, request.pageSize())
                .compose(page ->
                        page.isEmpty() ? Future.succeededFuture(Definitions.UNKNOWN) : page(request.user(), page));
    }

    private Future<Reply> page(String user, Optional<RankedPage> page) {
        List<SubjectId> ids = page.orElseThrow().members().stream()
                .map(id -> SubjectId.beside(user, Long.parseLong(id)))
                .toList();
        Future<List<Subject>> subjects = ids.isEmpty() ? Future.succeededFuture(List.of()) : store.read(ids);
        return subjects.map(found -> new Reply.SubjectPage(
                found.stream()
                        .filter(subject -> subject.exists() && subject.isSeenBy(user))
                        .toList(),
                page.orElseThrow().total()));
    }

    /** A loop of a gateway that is gone; should it live after all, it comes back by itself. */
    private void forget(String loop, List<SubjectId> subjects) {
        store.unwatch(loop, Long.MAX_VALUE, subjects)
                .onFailure(failure -> log.debug("{} is still noted as watching: {}", loop, failure.getMessage()));
    }

    private static Reply failure(Throwable failure) {
        if (failure instanceof RedisDown) {
            return Reply.Failure.of(ErrorCode.SERVICE_UNAVAILABLE, "Subjects are away for a moment; try again.");
        }
        log.error("A request about subjects failed", failure);
        return Reply.Failure.of(ErrorCode.INTERNAL_SERVER_ERROR, "That could not be done to the subjects.");
    }
}
