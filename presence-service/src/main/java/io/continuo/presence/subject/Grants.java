package io.continuo.presence.subject;

import io.continuo.common.bus.Reply;
import io.continuo.common.bus.SubjectNews;
import io.continuo.common.bus.SubjectRequest;
import io.continuo.common.model.SubjectId;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which subjects a user may see, as a list beside the users ({@link Keys#subjects}). The subject itself decides; the list
 * only tells where to look, and so may lag. The app's backend has one too, with all subjects of the app.
 */
final class Grants {
    private static final Logger log = LoggerFactory.getLogger(Grants.class);
    private static final Script GRANT = Script.load(Grants.class, "grant.lua");
    private static final Script WATCH = Script.load(Grants.class, "watch_user.lua");
    private static final Script UNWATCH = Script.load(Grants.class, "unwatch_user.lua");
    private static final Duration DEPARTURES_KEPT = Duration.ofDays(7);

    private final RedisLink redis;
    private final NewsSender news;

    Grants(RedisLink redis, NewsSender news) {
        this.redis = redis;
        this.news = news;
    }

    Future<Void> prepare() {
        return redis.prepare(GRANT, WATCH, UNWATCH);
    }

    /**
     * Notes who may see a subject as of {@code version}, and tells the loops that want to know.
     *
     * @param without users who may not see it, though they may have before
     */
    Future<Void> note(SubjectId subject, long version, Collection<String> with, Collection<String> without) {
        List<String> users = new ArrayList<>(with);
        users.addAll(without);
        long forgotten = version - DEPARTURES_KEPT.toMillis() * 1_000;
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < users.size(); i++) {
            requests.add(RedisLink.call(
                    GRANT, keys(users.get(i)), subject.id(), version, i < with.size() ? 1 : 0, forgotten));
        }
        return requests.isEmpty()
                ? Future.succeededFuture()
                : redis.batch(requests).map(answers -> {
                    for (int i = 0; i < users.size(); i++) {
                        boolean joined = i < with.size();
                        SubjectNews.Granted granted = new SubjectNews.Granted(
                                users.get(i),
                                joined ? List.of(subject) : List.of(),
                                joined ? List.of() : List.of(subject));
                        Objects.requireNonNull(answers.get(i)).forEach(loop -> tell(loop.toString(), granted));
                    }
                    return null;
                });
    }

    /** Everything that a user may see; from now on the loop hears when that changes. */
    Future<Reply> watch(SubjectRequest.WatchUser request) {
        return redis.run(WATCH, keys(request.user()), request.loop(), request.token(), request.since())
                .map(Objects::requireNonNull)
                .compose(answer -> departures(request.user(), answer.get(2))
                        .map(left -> new Reply.SubjectsGranted(
                                answer.get(0).toLong(),
                                answer.get(1).stream()
                                        .map(id -> SubjectId.beside(request.user(), id.toLong()))
                                        .toList(),
                                left)));
    }

    Future<Reply> unwatch(SubjectRequest.UnwatchUser request) {
        return unwatch(request.user(), request.loop(), request.token()).map(Reply.Done.INSTANCE);
    }

    private Future<Void> unwatch(String user, String loop, long token) {
        return redis.run(UNWATCH, List.of(Keys.subjectsLoops(user)), loop, token)
                .mapEmpty();
    }

    private Future<List<Reply.Departure>> departures(String user, Response left) {
        List<SubjectId> subjects = new ArrayList<>();
        for (int i = 0; i < left.size(); i += 2) {
            subjects.add(SubjectId.beside(user, left.get(i).toLong()));
        }
        if (subjects.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return redis.batch(subjects.stream()
                        .map(subject -> Request.cmd(Command.HGET)
                                .arg(Keys.subject(subject))
                                .arg("source"))
                        .toList())
                .map(sources -> {
                    List<Reply.Departure> departures = new ArrayList<>();
                    for (int i = 0; i < subjects.size(); i++) {
                        Response source = sources.get(i);
                        SubjectId subject = subjects.get(i);
                        departures.add(new Reply.Departure(
                                subject,
                                source == null ? subject.id() : source.toLong(),
                                left.get(2 * i + 1).toLong()));
                    }
                    return departures;
                });
    }

    private void tell(String loop, SubjectNews.Granted granted) {
        news.send(loop, granted).onFailure(failure -> {
            log.debug("{} did not hear of what its users may see: {}", loop, failure.getMessage());
            if (NewsSender.nobodyListens(failure)) {
                unwatch(granted.user(), loop, Long.MAX_VALUE);
            }
        });
    }

    private static List<String> keys(String user) {
        return List.of(Keys.subjects(user), Keys.subjectsLeft(user), Keys.subjectsLoops(user));
    }

    /** The list with all subjects of an app. */
    static String everybody(SubjectId subject) {
        return UserId.backend(subject.app());
    }
}
