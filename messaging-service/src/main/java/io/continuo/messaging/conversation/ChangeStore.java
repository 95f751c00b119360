package io.continuo.messaging.conversation;

import io.continuo.common.bus.Partitions;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.DeletionMode;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes and deletions of conversations in Redis.
 *
 * <ul>
 *   <li>{@code {c<p>}:conv:<id>:changes}: a stream, what was changed; an entry's id is the change's stamp, its fields are
 *       {@code by} and {@code steps} (JSON). Kept somewhat longer than histories.
 *   <li>{@code …:former}: a hash, user → position of the newest message when they were removed or left,
 *       and how many they could see.
 *   <li>{@code …:deleted}: the participants of a deleted conversation until all of them have been told.
 * </ul>
 */
public final class ChangeStore {
    private static final int PARTS_OF_MS = 1_024;
    private static final int KEYS_AT_ONCE = 500;

    private static final Script CHANGE =
            Script.load(ChangeStore.class, "outbox.lua", "veils.lua", "change_conversation.lua");
    private static final Script DELETE = Script.load(ChangeStore.class, "outbox.lua", "delete_conversation.lua");

    private final RedisLink redis;
    private final Partitions partitions;
    private final Duration keep;

    /** @param retention of histories */
    public ChangeStore(RedisLink redis, Partitions partitions, Duration retention) {
        this.redis = redis;
        this.partitions = partitions;
        this.keep = retention.multipliedBy(3).dividedBy(2);
    }

    /** What a script answered to a change or a deletion. */
    sealed interface Result {
        /**
         * @param digest under which it was a distinct conversation, or a channel had its name; or empty
         * @param steps what was carried out; empty for a deletion
         */
        record Done(Accepted accepted, String digest, List<ConversationChange> steps) implements Result {}

        record NothingToDo() implements Result {}

        record NeverTookPart() implements Result {}

        record TakesPartNoMore() implements Result {}

        record PathLeadsThroughText() implements Result {}

        record TooManyParticipants() implements Result {}
    }

    /** @param allowed also when the user does not take part */
    Future<Result> change(
            String user, String id, List<ConversationChange> changes, int mostParticipants, boolean allowed) {
        int partition = partitions.of(id);
        List<String> keys = List.of(
                Keys.conversation(partition, id),
                Keys.participants(partition, id),
                Keys.former(partition, id),
                Keys.changes(partition, id),
                Keys.stamp(partition),
                Keys.outbox(partition),
                Keys.veils(partition, id));
        long oldest = System.currentTimeMillis() - keep.toMillis();
        return redis.run(
                        CHANGE,
                        keys,
                        user,
                        Steps.text(user, changes),
                        ShortId.of(id),
                        mostParticipants,
                        oldest,
                        allowed ? 1 : 0)
                .map(answer -> {
                    if (answer.get(0).toInteger() != 1) {
                        return refusal(answer);
                    }
                    long stamp = answer.get(1).toLong();
                    EventRef ref = new EventRef.ConversationChanged(id, stamp);
                    return new Result.Done(
                            new Accepted(partition, stamp, answer.get(2).toLong(), ref),
                            answer.get(3).toString(),
                            Steps.read(answer.get(4).toString()));
                });
    }

    /** @param allowed also when the user does not take part */
    Future<Result> delete(String user, String id, boolean allowed) {
        int partition = partitions.of(id);
        List<String> keys = List.of(
                Keys.conversation(partition, id),
                Keys.participants(partition, id),
                Keys.former(partition, id),
                Keys.deleted(partition, id),
                Keys.stamp(partition),
                Keys.outbox(partition));
        return redis.run(DELETE, keys, user, ShortId.of(id), allowed ? 1 : 0).map(answer -> {
            if (answer.get(0).toInteger() != 1) {
                return refusal(answer);
            }
            EventRef ref = new EventRef.ConversationDeleted(id, DeletionMode.ALL_PARTICIPANTS);
            return new Result.Done(
                    new Accepted(
                            partition, answer.get(1).toLong(), answer.get(2).toLong(), ref),
                    answer.get(3).toString(),
                    List.of());
        });
    }

    private static Result refusal(Response answer) {
        return switch (answer.get(0).toInteger()) {
            case 0 -> new Result.NothingToDo();
            case -2 -> new Result.TakesPartNoMore();
            case -3 -> new Result.PathLeadsThroughText();
            case -4 -> new Result.TooManyParticipants();
            default -> new Result.NeverTookPart();
        };
    }

    /** A change that was carried out. */
    public record Stored(String author, List<ConversationChange> changes) {}

    /** Reads a change; empty when it is older than what is kept, or the conversation is gone. */
    public Future<Optional<Stored>> read(String id, long stamp) {
        String entry = stamp / PARTS_OF_MS + "-" + stamp % PARTS_OF_MS;
        Request range = Request.cmd(Command.XRANGE)
                .arg(Keys.changes(partitions.of(id), id))
                .arg(entry)
                .arg(entry);
        return redis.send(range).map(answer -> {
            if (answer.size() == 0) {
                return Optional.empty();
            }
            Response fields = answer.get(0).get(1);
            return Optional.of(new Stored(
                    fields.get(1).toString(), Steps.read(fields.get(3).toString())));
        });
    }

    /** Who took part in a conversation that is being deleted. */
    public Future<List<String>> participantsOfDeleted(String id) {
        return redis.send(Request.cmd(Command.HKEYS).arg(Keys.deleted(partitions.of(id), id)))
                .map(answer -> answer.stream().map(Response::toString).toList());
    }

    /** Lets go of everything that a deleted conversation has left; may be repeated. */
    public Future<Void> purge(String id) {
        int partition = partitions.of(id);
        Request ids = Request.cmd(Command.HGETALL).arg(Keys.messageIds(partition, id));
        return redis.send(ids).compose(answer -> {
            List<Request> unlinks = new ArrayList<>();
            Request batch = Request.cmd(Command.UNLINK);
            int size = 0;
            for (String message : answer.getKeys()) {
                unlinks.add(Request.cmd(Command.UNLINK).arg(Keys.messageIndex(message)));
                batch.arg(Keys.receipts(partition, id, answer.get(message).toLong()));
                if (++size % KEYS_AT_ONCE == 0) {
                    unlinks.add(batch);
                    batch = Request.cmd(Command.UNLINK);
                }
            }
            unlinks.add(batch.arg(Keys.messages(partition, id))
                    .arg(Keys.messageIds(partition, id))
                    .arg(Keys.changes(partition, id))
                    .arg(Keys.edits(partition, id))
                    .arg(Keys.read(partition, id))
                    .arg(Keys.veils(partition, id))
                    .arg(Keys.hidden(partition, id))
                    .arg(Keys.deleted(partition, id)));
            return redis.batch(unlinks).mapEmpty();
        });
    }

    /** Lets go of what a deleted message has left; may be repeated. */
    public Future<Void> purge(String conversation, String message, long position) {
        return redis.batch(List.of(
                        Request.cmd(Command.UNLINK).arg(Keys.messageIndex(message)),
                        Request.cmd(Command.HDEL)
                                .arg(Keys.edits(partitions.of(conversation), conversation))
                                .arg(position),
                        Request.cmd(Command.UNLINK)
                                .arg(Keys.receipts(partitions.of(conversation), conversation, position))))
                .mapEmpty();
    }
}
