package io.continuo.messaging.content;

import io.continuo.common.bus.Partitions;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.conversation.MessageStore.Place;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of rich content, in Redis.
 *
 * <ul>
 *   <li>{@code {x:<content>}:facts}: a hash with {@code owner}, {@code type}, {@code size} and {@code uploaded}.
 *       Goes by itself when nothing is uploaded.
 *   <li>{@code {x:<content>}:uses}: a sorted set, {@code <conversation>:<position>} of the messages that use it with score 0,
 *       and {@code ~<message>} of those on their way with the time until which they are waited for.
 *   <li>{@code {c<p>}:conv:<id>:contents}: a hash, position → content ids, to know them when the message is gone.
 * </ul>
 */
public final class ContentStore {
    private static final Duration WAITS_FOR_UPLOAD = Duration.ofHours(2);
    private static final long HELD_MS = Duration.ofMinutes(1).toMillis();
    private static final int PAGE = 500;
    private static final String HOLDS = "~";

    private static final Script HOLD = Script.load(ContentStore.class, "hold.lua");
    private static final Script RELEASE = Script.load(ContentStore.class, "release.lua");

    private final RedisLink redis;
    private final Partitions partitions;

    public ContentStore(RedisLink redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
    }

    /** Content that is uploaded; {@code size} in bytes. */
    record Facts(String owner, String type, long size) {}

    Future<Void> announce(String id, String owner, String type, long size) {
        String key = Keys.content(id);
        return redis.batch(List.of(
                        Request.cmd(Command.HSET)
                                .arg(key)
                                .arg("owner")
                                .arg(owner)
                                .arg("type")
                                .arg(type)
                                .arg("size")
                                .arg(size),
                        Request.cmd(Command.PEXPIRE).arg(key).arg(WAITS_FOR_UPLOAD.toMillis())))
                .mapEmpty();
    }

    Future<Void> uploaded(String id, long size) {
        String key = Keys.content(id);
        return redis.batch(List.of(
                        Request.cmd(Command.HSET)
                                .arg(key)
                                .arg("size")
                                .arg(size)
                                .arg("uploaded")
                                .arg("1"),
                        Request.cmd(Command.PERSIST).arg(key)))
                .mapEmpty();
    }

    /** Empty when it was never uploaded. */
    Future<Optional<Facts>> find(String id) {
        return redis.send(Request.cmd(Command.HMGET)
                        .arg(Keys.content(id))
                        .arg("owner")
                        .arg("type")
                        .arg("size")
                        .arg("uploaded"))
                .map(ContentStore::facts);
    }

    /** The same; for a minute it waits for {@code message}, which is to use it. */
    Future<Optional<Facts>> hold(String id, String message) {
        return redis.run(
                        HOLD,
                        List.of(Keys.content(id), Keys.contentUses(id)),
                        HOLDS + message,
                        System.currentTimeMillis() + HELD_MS)
                .map(ContentStore::facts);
    }

    private static Optional<Facts> facts(Response answer) {
        boolean uploaded = answer.size() == 4 && text(answer, 3) != null;
        String owner = uploaded ? text(answer, 0) : null;
        String type = uploaded ? text(answer, 1) : null;
        return owner == null || type == null
                ? Optional.empty()
                : Optional.of(new Facts(owner, type, answer.get(2).toLong()));
    }

    private static @Nullable String text(Response answer, int index) {
        @Nullable Response field = answer.get(index);
        return field == null ? null : field.toString();
    }

    /** A message uses these, and what it has used before; may be repeated. */
    Future<Void> use(Place place, String message, List<String> contents) {
        String key = Keys.contents(partitions.of(place.conversation()), place.conversation());
        return redis.send(Request.cmd(Command.HGET).arg(key).arg(place.position()))
                .compose(before -> {
                    Set<String> all = new LinkedHashSet<>(contents);
                    if (before != null) {
                        all.addAll(List.of(before.toString().split(" ")));
                    }
                    List<Request> requests = new ArrayList<>();
                    requests.add(Request.cmd(Command.HSET)
                            .arg(key)
                            .arg(place.position())
                            .arg(String.join(" ", all)));
                    for (String content : contents) {
                        String uses = Keys.contentUses(content);
                        requests.add(Request.cmd(Command.ZADD).arg(uses).arg(0).arg(use(place)));
                        requests.add(Request.cmd(Command.ZREM).arg(uses).arg(HOLDS + message));
                    }
                    return redis.batch(requests).mapEmpty();
                });
    }

    /** A page of the messages that use some content. */
    Future<List<Place>> uses(String id, int page) {
        return redis.send(Request.cmd(Command.ZRANGE)
                        .arg(Keys.contentUses(id))
                        .arg((long) page * PAGE)
                        .arg((page + 1L) * PAGE - 1))
                .map(answer -> answer.stream()
                        .map(Response::toString)
                        .filter(use -> !use.startsWith(HOLDS))
                        .map(ContentStore::place)
                        .toList());
    }

    /** A message that is gone uses nothing any more; answers what nobody uses now. May be repeated. */
    Future<List<String>> release(Place place) {
        String key = Keys.contents(partitions.of(place.conversation()), place.conversation());
        return redis.send(Request.cmd(Command.HGET).arg(key).arg(place.position()))
                .compose(used -> used == null
                        ? Future.succeededFuture(List.of())
                        : release(place, used.toString())
                                .compose(unused -> redis.send(Request.cmd(Command.HDEL)
                                                .arg(key)
                                                .arg(place.position()))
                                        .map(unused)));
    }

    /** The same for all messages of a conversation. */
    Future<List<String>> release(String conversation) {
        String key = Keys.contents(partitions.of(conversation), conversation);
        return redis.send(Request.cmd(Command.HGETALL).arg(key)).compose(all -> {
            Future<List<String>> released = Future.succeededFuture(List.of());
            for (String position : all.getKeys()) {
                Place place = new Place(conversation, Long.parseLong(position));
                String used = all.get(position).toString();
                released = released.compose(before -> release(place, used).map(unused -> concat(before, unused)));
            }
            return released.compose(
                    unused -> redis.send(Request.cmd(Command.UNLINK).arg(key)).map(unused));
        });
    }

    private static List<String> concat(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private Future<List<String>> release(Place place, String used) {
        List<String> contents = List.of(used.split(" "));
        List<Future<Response>> released = contents.stream()
                .map(id -> redis.run(
                        RELEASE,
                        List.of(Keys.content(id), Keys.contentUses(id)),
                        use(place),
                        System.currentTimeMillis()))
                .toList();
        return Future.all(released).map(done -> {
            List<String> unused = new ArrayList<>();
            for (int i = 0; i < contents.size(); i++) {
                if (released.get(i).result().toInteger() == 1) {
                    unused.add(contents.get(i));
                }
            }
            return unused;
        });
    }

    private static String use(Place place) {
        return place.conversation() + ":" + place.position();
    }

    private static Place place(String use) {
        int colon = use.indexOf(':');
        return new Place(use.substring(0, colon), Long.parseLong(use.substring(colon + 1)));
    }
}
