package io.continuo.messaging.conversation;

import io.continuo.common.bus.Partitions;
import io.continuo.common.model.Message;
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
import org.jspecify.annotations.Nullable;

/**
 * Up to where everybody has read a conversation: {@code {c<p>}:conv:<id>:read}, a hash, user → position. A message's status
 * is the further of this and its own receipt.
 */
public final class ReadStore {
    /** Messages that one call looks at. */
    static final int WINDOW = 1_000;
    /** Messages that may be sent between looking and marking. */
    private static final int SPARE = 16;

    private static final Script MARK_ALL = Script.load(ReadStore.class, "outbox.lua", "veils.lua", "mark_all_read.lua");

    private final RedisLink redis;
    private final Partitions partitions;

    public ReadStore(RedisLink redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
    }

    /** What the script has done. */
    sealed interface Marking {
        record Marked(Accepted accepted) implements Marking {}

        record NoNews() implements Marking {}

        /** Something happened in between: look again. */
        record Outdated() implements Marking {}

        record NeverTookPart() implements Marking {}

        record TakesPartNoMore() implements Marking {}
    }

    /**
     * Where a user and a conversation stand, as numbers of messages.
     *
     * @param read up to where there is nothing to read for the user
     * @param newest 0 when there is none, or no conversation
     */
    record Standing(long read, long newest) {}

    Future<Standing> standing(String user, String id) {
        int partition = partitions.of(id);
        Request read = Request.cmd(Command.HGET).arg(Keys.read(partition, id)).arg(user);
        Request newest =
                Request.cmd(Command.HGET).arg(Keys.conversation(partition, id)).arg("position");
        Request veil = Request.cmd(Command.HGET).arg(Keys.veils(partition, id)).arg(user);
        return redis.batch(List.of(read, newest, veil)).map(answers -> {
            long cut = Veil.of(answers.get(2)).upTo() / Message.POSITION_STEP;
            return new Standing(Math.max(cut, number(answers.get(0))), number(answers.get(1)));
        });
    }

    /** Marks everything up to {@code to}, or all when null; {@code standing} tells what was left to read after it. */
    Future<Marking> markUpTo(String user, String id, @Nullable Long to, Standing standing) {
        long last = to == null ? standing.newest : Math.min(to, standing.newest);
        return mark(user, id, to, standing, "after", last + 1, standing.newest + SPARE);
    }

    /** Marks the next {@link #WINDOW} messages, but none after {@code to}. */
    Future<Marking> markNext(String user, String id, long to, Standing standing) {
        long last = Math.min(to, standing.read + WINDOW);
        return mark(user, id, last, standing, "before", standing.read + 1, last);
    }

    private Future<Marking> mark(
            String user, String id, @Nullable Long to, Standing standing, String side, long first, long last) {
        int partition = partitions.of(id);
        List<String> keys = new ArrayList<>(List.of(
                Keys.conversation(partition, id),
                Keys.participants(partition, id),
                Keys.former(partition, id),
                Keys.read(partition, id),
                Keys.messages(partition, id),
                Keys.stamp(partition),
                Keys.outbox(partition),
                Keys.veils(partition, id),
                Keys.hidden(partition, id)));
        for (long number = first; number <= last; number++) {
            keys.add(Keys.receipts(partition, id, number * Message.POSITION_STEP));
        }
        return redis.run(
                        MARK_ALL,
                        keys,
                        user,
                        to == null ? "" : to * Message.POSITION_STEP,
                        standing.read * Message.POSITION_STEP,
                        Message.POSITION_STEP,
                        ShortId.of(id),
                        side,
                        first)
                .map(answer -> marking(partition, answer));
    }

    private static Marking marking(int partition, Response answer) {
        return switch (answer.get(0).toInteger()) {
            case 1 ->
                new Marking.Marked(new Accepted(
                        partition,
                        answer.get(1).toLong(),
                        answer.get(2).toLong(),
                        EventRef.parse(answer.get(3).toString())));
            case 0 -> new Marking.NoNews();
            case -2 -> new Marking.TakesPartNoMore();
            case -3 -> new Marking.Outdated();
            default -> new Marking.NeverTookPart();
        };
    }

    private static long number(@Nullable Response position) {
        return position == null ? 0 : position.toLong() / Message.POSITION_STEP;
    }
}
