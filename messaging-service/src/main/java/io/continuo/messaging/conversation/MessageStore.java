package io.continuo.messaging.conversation;

import io.continuo.common.bus.Partitions;
import io.continuo.common.model.Message;
import io.continuo.common.model.Notification;
import io.continuo.common.model.Part;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.history.ShortId;
import io.continuo.messaging.outbox.Accepted;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages in Redis, in the slot of their conversation's partition; each payload is stored once.
 *
 * <ul>
 *   <li>{@code {c<p>}:conv:<id>:messages}: a stream; an entry's id is {@code <position>-0}, its fields are {@code id},
 *       {@code from}, {@code at} (ms), {@code parts} (JSON), {@code to} (JSON; empty in a large room) and, if there is one,
 *       {@code notify} (JSON).
 *   <li>{@code …:ids}: a hash, message id → position, by which a repeated create is recognised.
 *   <li>{@code …:receipts:<position>}: a hash, user → {@code DELIVERED} or {@code READ}; {@link ReceiptStore} reads it.
 *   <li>{@code {m:<message>}}: the message's conversation, since clients name messages by id alone.
 * </ul>
 */
public final class MessageStore {
    private static final Script DELETE =
            Script.load(MessageStore.class, "outbox.lua", "veils.lua", "delete_message.lua");
    private static final Script MARK = Script.load(MessageStore.class, "outbox.lua", "veils.lua", "mark_message.lua");

    /** Where an entry holds the notification. */
    private static final int NOTIFICATION = 11;

    private final RedisLink redis;
    private final Partitions partitions;
    private final VeilStore veils;

    public MessageStore(RedisLink redis, Partitions partitions, VeilStore veils) {
        this.redis = redis;
        this.partitions = partitions;
        this.veils = veils;
    }

    /** What the delete script found. */
    sealed interface Deletion {
        /** @param isUneven whether it is not the same to all participants */
        record Deleted(Accepted accepted, String lastMessageId, int total, boolean isUneven) implements Deletion {}

        record GoneBefore() implements Deletion {}

        record NeverTookPart() implements Deletion {}

        record TakesPartNoMore() implements Deletion {}
    }

    Future<Deletion> delete(String user, Place place, String id) {
        int partition = partitions.of(place.conversation);
        List<String> keys = List.of(
                Keys.conversation(partition, place.conversation),
                Keys.participants(partition, place.conversation),
                Keys.former(partition, place.conversation),
                Keys.messages(partition, place.conversation),
                Keys.messageIds(partition, place.conversation),
                Keys.receipts(partition, place.conversation, place.position),
                Keys.stamp(partition),
                Keys.outbox(partition),
                Keys.read(partition, place.conversation),
                Keys.veils(partition, place.conversation),
                Keys.hidden(partition, place.conversation));
        return redis.run(DELETE, keys, user, id, place.position, ShortId.of(place.conversation), Message.POSITION_STEP)
                .map(answer -> switch (answer.get(0).toInteger()) {
                    case 1 -> deleted(partition, answer);
                    case 0 -> new Deletion.GoneBefore();
                    case -2 -> new Deletion.TakesPartNoMore();
                    default -> new Deletion.NeverTookPart();
                });
    }

    private static Deletion deleted(int partition, Response answer) {
        EventRef.MessageDeleted ref =
                (EventRef.MessageDeleted) EventRef.parse(answer.get(3).toString());
        Accepted accepted =
                new Accepted(partition, answer.get(1).toLong(), answer.get(2).toLong(), ref);
        return new Deletion.Deleted(
                accepted, ref.lastMessageId(), ref.total(), !ref.others().isEmpty());
    }

    /** What the mark script found. */
    sealed interface Marking {
        record Marked(Accepted accepted) implements Marking {}

        record ReachedBefore() implements Marking {}

        record NoParticipant() implements Marking {}
    }

    /** @param sentAt when the message was sent: who came later has nothing of it to read */
    Future<Marking> mark(String user, Place place, long sentAt, ReceiptStatus status) {
        int partition = partitions.of(place.conversation);
        EventRef ref = new EventRef.ReceiptChanged(place.conversation, place.position, status, user);
        List<String> keys = List.of(
                Keys.participants(partition, place.conversation),
                Keys.receipts(partition, place.conversation, place.position),
                Keys.stamp(partition),
                Keys.outbox(partition),
                Keys.read(partition, place.conversation),
                Keys.veils(partition, place.conversation),
                Keys.hidden(partition, place.conversation));
        int rank = status == ReceiptStatus.READ ? 2 : 1;
        Object[] args = {user, status.name(), rank, ref.text(), sentAt, place.position, Message.POSITION_STEP};
        return redis.run(MARK, keys, args).map(answer -> switch (answer.get(0).toInteger()) {
            case 1 ->
                new Marking.Marked(new Accepted(
                        partition, answer.get(1).toLong(), answer.get(2).toLong(), ref));
            case 0 -> new Marking.ReachedBefore();
            default -> new Marking.NoParticipant();
        });
    }

    /** Where a message is. */
    public record Place(String conversation, long position) {}

    /** Finds a message by its id alone. */
    Future<Optional<Place>> find(String id) {
        return redis.send(Request.cmd(Command.GET).arg(Keys.messageIndex(id)))
                .compose(answer ->
                        answer == null ? Future.succeededFuture(Optional.empty()) : find(answer.toString(), id));
    }

    /** Finds a message in a conversation. */
    Future<Optional<Place>> find(String conversation, String id) {
        Request position = Request.cmd(Command.HGET)
                .arg(Keys.messageIds(partitions.of(conversation), conversation))
                .arg(id);
        return redis.send(position)
                .map(found -> Optional.ofNullable(found).map(at -> new Place(conversation, at.toLong())));
    }

    /**
     * A message as stored; its sender is still an id.
     *
     * @param parts as they were sent
     * @param recipients all participants at that time; empty in a large room
     */
    public record Stored(
            Place place,
            String id,
            String sender,
            long sentAt,
            List<Part> parts,
            List<String> recipients,
            @Nullable Notification notification) {}

    /** Reads the messages at {@code places}, in their order; those that are gone are left out. */
    public Future<List<Stored>> read(List<Place> places) {
        if (places.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Request> requests =
                places.stream().map(place -> range(place, place)).toList();
        return redis.batch(requests).map(answers -> {
            List<Stored> read = new ArrayList<>(places.size());
            for (int i = 0; i < places.size(); i++) {
                read.addAll(stored(places.get(i).conversation, answers.get(i)));
            }
            return read;
        });
    }

    private Request range(Place from, Place to) {
        return Request.cmd(Command.XRANGE)
                .arg(Keys.messages(partitions.of(from.conversation), from.conversation))
                .arg(from.position + "-0")
                .arg(to.position + "-0");
    }

    /** A page of a conversation, newest first, of what is older than {@code before}. */
    public Future<List<Stored>> page(String conversation, long before, int limit) {
        return redis.send(newest(conversation, 0, before, limit)).map(answer -> stored(conversation, answer));
    }

    /** The same of what {@code user} sees. */
    Future<List<Stored>> seen(String user, String conversation, Sight sight, long before, int limit) {
        return seen(user, conversation, sight, sight.before(before), limit, new ArrayList<>());
    }

    private Future<List<Stored>> seen(
            String user, String conversation, Sight sight, long before, int limit, List<Stored> seen) {
        return redis.send(newest(conversation, sight.after(), before, limit)).compose(answer -> {
            List<Stored> page = stored(conversation, answer);
            if (!sight.hides() || page.isEmpty()) {
                return Future.succeededFuture(page);
            }
            long oldest = page.getLast().place.position;
            return veils.hidden(user, conversation, oldest, page.getFirst().place.position)
                    .compose(hidden -> {
                        page.stream()
                                .filter(message -> !hidden.contains(message.place.position))
                                .limit(limit - seen.size())
                                .forEach(seen::add);
                        return page.size() < limit || seen.size() == limit
                                ? Future.succeededFuture(seen)
                                : seen(user, conversation, sight, oldest, limit, seen);
                    });
        });
    }

    /** The newest message that {@code user} sees of each conversation, by the sight that they have of it. */
    Future<List<Stored>> newest(String user, Map<String, Sight> sights) {
        List<String> plain = new ArrayList<>(sights.size());
        List<Future<List<Stored>>> reads = new ArrayList<>(1);
        sights.forEach((id, sight) -> {
            if (sight.hides()) {
                reads.add(seen(user, id, sight, Long.MAX_VALUE, 1));
            } else {
                plain.add(id);
            }
        });
        reads.add(newestOf(plain, sights));
        return Future.all(reads)
                .map(read ->
                        reads.stream().flatMap(one -> one.result().stream()).toList());
    }

    private Future<List<Stored>> newestOf(List<String> conversations, Map<String, Sight> sights) {
        if (conversations.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Request> requests = conversations.stream()
                .map(id -> {
                    Sight sight = sights.getOrDefault(id, Sight.NOTHING);
                    return newest(id, sight.after(), sight.before(Long.MAX_VALUE), 1);
                })
                .toList();
        return redis.batch(requests).map(answers -> {
            List<Stored> newest = new ArrayList<>(conversations.size());
            for (int i = 0; i < answers.size(); i++) {
                newest.addAll(stored(conversations.get(i), answers.get(i)));
            }
            return newest;
        });
    }

    /** The newest message that {@code user} sees; empty when there is none. */
    public Future<Optional<Stored>> newest(String user, String id, Sight sight) {
        return seen(user, id, sight, Long.MAX_VALUE, 1)
                .map(page -> page.stream().findFirst());
    }

    /** Whether {@code user} sees the message at a place. */
    Future<Boolean> isSeen(String user, Sight sight, Place place) {
        if (!sight.reaches(place.position)) {
            return Future.succeededFuture(false);
        }
        return sight.hides()
                ? veils.hidden(user, place.conversation, place.position, place.position)
                        .map(Set::isEmpty)
                : Future.succeededFuture(true);
    }

    private Request newest(String conversation, long after, long before, int limit) {
        return Request.cmd(Command.XREVRANGE)
                .arg(Keys.messages(partitions.of(conversation), conversation))
                .arg("(" + before + "-0")
                .arg("(" + after + "-0")
                .arg("COUNT")
                .arg(limit);
    }

    private static List<Stored> stored(String conversation, Response entries) {
        List<Stored> read = new ArrayList<>(entries.size());
        for (Response entry : entries) {
            String id = entry.get(0).toString();
            Response fields = entry.get(1);
            read.add(new Stored(
                    new Place(conversation, Long.parseLong(id.substring(0, id.indexOf('-')))),
                    fields.get(1).toString(),
                    fields.get(3).toString(),
                    fields.get(5).toLong(),
                    StoredJson.parts(fields.get(7).toString()),
                    StoredJson.people(fields.get(9).toString()),
                    fields.size() > NOTIFICATION
                            ? StoredJson.notification(fields.get(NOTIFICATION).toString())
                            : null));
        }
        return read;
    }
}
