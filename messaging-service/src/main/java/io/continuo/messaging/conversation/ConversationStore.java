package io.continuo.messaging.conversation;

import io.continuo.common.bus.Partitions;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.cache.RecentMap;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.outbox.Accepted;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Conversations in Redis, all keys of one in the slot of its partition.
 *
 * <ul>
 *   <li>{@code {c<p>}:conv:<id>}: a hash with {@code created} and {@code last_at} (ms), {@code creator},
 *       {@code digest} of the participants when distinct, {@code metadata} as JSON, {@code position} of the newest
 *       message and {@code count} of all.
 *   <li>{@code …:participants}: a hash, user → since when (ms).
 *   <li>{@code {d:<digest>}}: which conversation is the distinct one of these people, which channel has this name.
 *   <li>{@code {u:<user>}:conversations}: a sorted set, the user's conversations by creation time.
 * </ul>
 *
 * <p>Channels are kept in the same way: they have a {@code name} and the digest of it, and their members are participants.
 */
public final class ConversationStore {
    private static final int REMEMBERED = 20_000;

    private static final Script UNCLAIM = Script.load(ConversationStore.class, "unclaim.lua");
    private static final Script CREATE = Script.load(ConversationStore.class, "outbox.lua", "create_conversation.lua");

    private final RedisLink redis;
    private final Partitions partitions;
    private final Map<String, Circle> circles = new RecentMap<>(REMEMBERED);

    public ConversationStore(RedisLink redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
    }

    /** What the create script found: a new conversation, or who has the id already. */
    sealed interface Creation {
        record Created(Accepted accepted, long createdAt) implements Creation {}

        record Taken(String creator, String digest) implements Creation {}
    }

    /**
     * @param digest of the participants when the conversation is to be distinct, else empty
     * @param metadata JSON, or empty
     * @param name of a channel, whose {@code digest} is then that of the name; else empty
     */
    Future<Creation> create(
            String id, String creator, List<String> participants, String digest, String metadata, String name) {
        int partition = partitions.of(id);
        EventRef ref = new EventRef.ConversationCreated(id);
        List<String> keys = List.of(
                Keys.conversation(partition, id),
                Keys.participants(partition, id),
                Keys.stamp(partition),
                Keys.outbox(partition));
        Object[] args = Stream.concat(Stream.of(creator, digest, metadata, ref.text(), name), participants.stream())
                .toArray();
        return redis.run(CREATE, keys, args)
                .map(answer -> answer.get(0).toInteger() == 1
                        ? new Creation.Created(
                                new Accepted(
                                        partition,
                                        answer.get(2).toLong(),
                                        answer.get(3).toLong(),
                                        ref),
                                answer.get(1).toLong())
                        : new Creation.Taken(
                                answer.get(1).toString(), answer.get(2).toString()));
    }

    /** Makes {@code id} the distinct conversation of a digest, unless there is one; answers the one there is. */
    Future<String> claimDistinct(String digest, String id) {
        String key = Keys.distinct(digest);
        Request claim = Request.cmd(Command.SET).arg(key).arg(id).arg("NX");
        Request read = Request.cmd(Command.GET).arg(key);
        return redis.batch(List.of(claim, read)).map(answers -> answers.get(1).toString());
    }

    /** Takes back the claim of {@code id}; that of another conversation stays. */
    Future<Void> unclaimDistinct(String digest, String id) {
        return redis.run(UNCLAIM, List.of(Keys.distinct(digest)), id).mapEmpty();
    }

    /** What somebody could see who took part once: messages up to a position, and so many. */
    public record Former(long position, int total) {
        static Former of(Response text) {
            String[] fields = text.toString().split(" ", 2);
            return new Former(Long.parseLong(fields[0]), Integer.parseInt(fields[1]));
        }
    }

    /**
     * A conversation as stored.
     *
     * @param lastAt when the newest message was sent, or when the conversation was created
     * @param metadata null when never given
     * @param former who took part once
     */
    public record Stored(
            String id,
            long createdAt,
            long lastAt,
            String creator,
            String digest,
            @Nullable Map<String, Object> metadata,
            int count,
            List<String> participants,
            Map<String, Former> former) {

        Sight sight(String user, Veil veil) {
            if (UserId.isBackend(user)) {
                return isOfApp(user) ? new Sight(0, Long.MAX_VALUE, count, false) : Sight.NOTHING;
            }
            return ConversationStore.sight(participants.contains(user), count, former.get(user), veil);
        }

        /** Whether it belongs to the app of {@code user}, a backend too: a conversation belongs to its creator's app. */
        boolean isOfApp(String user) {
            return UserId.app(creator).equals(UserId.app(user));
        }
    }

    /** Reads several conversations, in their order; those that do not exist are left out. */
    public Future<List<Stored>> read(List<String> ids) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Request> requests = new ArrayList<>(ids.size() * 3);
        for (String id : ids) {
            int partition = partitions.of(id);
            requests.add(Request.cmd(Command.HMGET)
                    .arg(Keys.conversation(partition, id))
                    .arg("created")
                    .arg("last_at")
                    .arg("creator")
                    .arg("digest")
                    .arg("metadata")
                    .arg("count"));
            requests.add(Request.cmd(Command.HKEYS).arg(Keys.participants(partition, id)));
            requests.add(Request.cmd(Command.HGETALL).arg(Keys.former(partition, id)));
        }
        return redis.batch(requests).map(answers -> {
            List<Stored> read = new ArrayList<>(ids.size());
            for (int i = 0; i < ids.size(); i++) {
                stored(ids.get(i), answers.get(3 * i), answers.get(3 * i + 1), answers.get(3 * i + 2))
                        .ifPresent(read::add);
            }
            return read;
        });
    }

    public Future<Optional<Stored>> read(String id) {
        return read(List.of(id)).map(read -> read.stream().findFirst());
    }

    private static Optional<Stored> stored(String id, Response fields, Response participants, Response former) {
        Response created = fields.get(0);
        if (created == null) {
            return Optional.empty();
        }
        Map<String, Former> left = new HashMap<>();
        former.getKeys().forEach(user -> left.put(user, Former.of(former.get(user))));
        Response lastAt = fields.get(1);
        Response metadata = fields.get(4);
        return Optional.of(new Stored(
                id,
                created.toLong(),
                lastAt == null ? created.toLong() : lastAt.toLong(),
                fields.get(2).toString(),
                fields.get(3).toString(),
                metadata == null ? null : StoredJson.map(metadata.toString()),
                fields.get(5).toInteger(),
                participants.stream().map(Response::toString).toList(),
                left));
    }

    /**
     * Who takes part in a conversation, and what some of them do not see.
     *
     * @param users none when the conversation does not exist
     */
    public record Circle(List<String> users, Map<String, Veil> veils) {
        /** Whether {@code user} has not deleted the conversation for themselves. */
        public boolean sees(String user) {
            return !veils.getOrDefault(user, Veil.NONE).away();
        }

        /** Who takes part and sees the conversation. */
        public List<String> present() {
            return veils.isEmpty() ? users : users.stream().filter(this::sees).toList();
        }
    }

    /**
     * From memory if need be. For the owner of the partition, which hears of every change; others ask
     * {@link #participants}.
     */
    public Future<Circle> circle(String id) {
        Circle known = circles.get(id);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        int partition = partitions.of(id);
        List<Request> requests = List.of(
                Request.cmd(Command.HKEYS).arg(Keys.participants(partition, id)),
                Request.cmd(Command.HGETALL).arg(Keys.veils(partition, id)));
        return redis.batch(requests).map(answers -> {
            Response texts = answers.get(1);
            Map<String, Veil> veils = new HashMap<>();
            texts.getKeys().forEach(user -> veils.put(user, Veil.of(texts.get(user))));
            Circle circle =
                    new Circle(answers.get(0).stream().map(Response::toString).toList(), veils);
            circles.put(id, circle);
            return circle;
        });
    }

    /** Who takes part, as {@link #circle}. */
    public Future<List<String>> audience(String id) {
        return circle(id).map(Circle::users);
    }

    /** Forgets who takes part in a conversation. */
    public void forgetAudience(String id) {
        circles.remove(id);
    }

    /** Forgets who takes part anywhere: others may have changed it. */
    public void forgetAudiences() {
        circles.clear();
    }

    /** Who takes part now; in a channel its members. */
    public Future<List<String>> participants(String id) {
        return redis.send(Request.cmd(Command.HKEYS).arg(Keys.participants(partitions.of(id), id)))
                .map(answer -> answer.stream().map(Response::toString).toList());
    }

    /**
     * Where a conversation's newest message is.
     *
     * @param position 0 when there is none
     * @param total messages in the conversation
     */
    public record Newest(long position, int total) {}

    public Future<Newest> newestPlace(String id) {
        int partition = partitions.of(id);
        return redis.batch(List.of(
                        Request.cmd(Command.XREVRANGE)
                                .arg(Keys.messages(partition, id))
                                .arg("+")
                                .arg("-")
                                .arg("COUNT")
                                .arg(1),
                        Request.cmd(Command.XLEN).arg(Keys.messages(partition, id))))
                .map(answers -> {
                    Response newest = answers.get(0);
                    String at =
                            newest.size() == 0 ? "0-0" : newest.get(0).get(0).toString();
                    return new Newest(
                            Long.parseLong(at.substring(0, at.indexOf('-'))),
                            answers.get(1).toInteger());
                });
    }

    /** What {@code user} may see of a conversation. */
    public Future<Sight> sight(String user, String id) {
        if (UserId.isBackend(user)) {
            return read(id).map(found ->
                    found.map(stored -> stored.sight(user, Veil.NONE)).orElse(Sight.NOTHING));
        }
        int partition = partitions.of(id);
        return redis.batch(List.of(
                        Request.cmd(Command.HGET)
                                .arg(Keys.conversation(partition, id))
                                .arg("count"),
                        Request.cmd(Command.HEXISTS)
                                .arg(Keys.participants(partition, id))
                                .arg(user),
                        Request.cmd(Command.HGET)
                                .arg(Keys.former(partition, id))
                                .arg(user),
                        Request.cmd(Command.HGET).arg(Keys.veils(partition, id)).arg(user)))
                .map(answers -> {
                    Response count = answers.get(0);
                    Response former = answers.get(2);
                    return count == null
                            ? Sight.NOTHING
                            : sight(
                                    answers.get(1).toInteger() == 1,
                                    count.toInteger(),
                                    former == null ? null : Former.of(former),
                                    Veil.of(answers.get(3)));
                });
    }

    private static Sight sight(boolean takesPart, int count, @Nullable Former former, Veil veil) {
        if (veil.away()) {
            return Sight.NOTHING;
        }
        boolean hides = veil.hidden() > 0;
        if (takesPart) {
            return new Sight(veil.upTo(), Long.MAX_VALUE, count - veil.fewer(), hides);
        }
        return former == null ? Sight.NOTHING : new Sight(veil.upTo(), former.position(), former.total(), hides);
    }

    /** A user's conversations by creation time, newest first. */
    Future<List<String>> idsOf(String user) {
        return redis.send(Request.cmd(Command.ZRANGE)
                        .arg(Keys.conversations(user))
                        .arg(0)
                        .arg(-1)
                        .arg("REV"))
                .map(answer -> answer.stream().map(Response::toString).toList());
    }

    /** Takes a conversation off the lists of {@code users}; may be repeated. */
    public List<Request> unlist(String id, List<String> users) {
        return users.stream()
                .map(user -> Request.cmd(Command.ZREM).arg(listKey(user, id)).arg(id))
                .toList();
    }

    /** Lists a new conversation with all who take part; may be repeated. */
    public List<Request> list(String id, long createdAt, List<String> participants) {
        return participants.stream()
                .map(user -> Request.cmd(Command.ZADD)
                        .arg(listKey(user, id))
                        .arg(createdAt)
                        .arg(id))
                .toList();
    }

    private static String listKey(String user, String id) {
        return ContainerId.isChannel(id) ? Keys.channels(user) : Keys.conversations(user);
    }
}
