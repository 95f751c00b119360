package io.continuo.messaging.conversation;

import io.continuo.common.bus.Partitions;
import io.continuo.common.model.Message;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.conversation.MessageStore.Place;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.history.ShortId;
import io.continuo.messaging.outbox.Accepted;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What single users do not see though others do, in Redis: what they have deleted for themselves, and what somebody has
 * written whom they had blocked.
 *
 * <ul>
 *   <li>{@code {c<p>}:conv:<id>:veils}: a hash, user → {@link Veil}.
 *   <li>{@code …:hidden}: a sorted set of {@code <bytes of user>:<user>:<number>}, messages out of sight one by one.
 * </ul>
 */
public final class VeilStore {
    private static final Script CUT = Script.load(VeilStore.class, "outbox.lua", "veils.lua", "cut_conversation.lua");
    private static final Script RETURN =
            Script.load(VeilStore.class, "outbox.lua", "veils.lua", "return_conversation.lua");
    private static final Script HIDE = Script.load(VeilStore.class, "outbox.lua", "veils.lua", "hide_message.lua");

    private static final Script HIDE_FROM = Script.load(VeilStore.class, "veils.lua", "hide_from.lua");

    private final RedisLink redis;
    private final Partitions partitions;

    public VeilStore(RedisLink redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
    }

    /** What a script has done. */
    sealed interface Result {
        record Done(Accepted accepted) implements Result {}

        record NoNews() implements Result {}

        record NeverTookPart() implements Result {}

        record TakesPartNoMore() implements Result {}
    }

    Future<Result> cut(String user, String id) {
        int partition = partitions.of(id);
        List<String> keys = List.of(
                Keys.conversation(partition, id),
                Keys.participants(partition, id),
                Keys.former(partition, id),
                Keys.veils(partition, id),
                Keys.hidden(partition, id),
                Keys.stamp(partition),
                Keys.outbox(partition));
        return redis.run(CUT, keys, user, ShortId.of(id)).map(answer -> result(partition, answer));
    }

    Future<Result> bringBack(String user, String id) {
        int partition = partitions.of(id);
        List<String> keys = List.of(
                Keys.participants(partition, id),
                Keys.veils(partition, id),
                Keys.stamp(partition),
                Keys.outbox(partition));
        return redis.run(RETURN, keys, user, ShortId.of(id), Message.POSITION_STEP)
                .map(answer -> result(partition, answer));
    }

    Future<Result> hide(String user, Place place, String message) {
        String id = place.conversation();
        int partition = partitions.of(id);
        List<String> keys = List.of(
                Keys.conversation(partition, id),
                Keys.participants(partition, id),
                Keys.former(partition, id),
                Keys.veils(partition, id),
                Keys.hidden(partition, id),
                Keys.messages(partition, id),
                Keys.receipts(partition, id, place.position()),
                Keys.read(partition, id),
                Keys.stamp(partition),
                Keys.outbox(partition));
        return redis.run(HIDE, keys, user, message, place.position(), ShortId.of(id), Message.POSITION_STEP)
                .map(answer -> result(partition, answer));
    }

    /** Takes a message out of the sight of some who were not told of it; may be repeated. */
    public Future<Void> hideFrom(List<String> users, Place place) {
        int partition = partitions.of(place.conversation());
        List<Object> arguments = new ArrayList<>(List.of(place.position(), Message.POSITION_STEP));
        arguments.addAll(users);
        List<String> keys = List.of(
                Keys.veils(partition, place.conversation()),
                Keys.hidden(partition, place.conversation()),
                Keys.messages(partition, place.conversation()));
        return redis.run(HIDE_FROM, keys, arguments.toArray()).mapEmpty();
    }

    private static Result result(int partition, Response answer) {
        return switch (answer.get(0).toInteger()) {
            case 1 ->
                new Result.Done(new Accepted(
                        partition,
                        answer.get(1).toLong(),
                        answer.get(2).toLong(),
                        EventRef.parse(answer.get(3).toString())));
            case 0 -> new Result.NoNews();
            case -2 -> new Result.TakesPartNoMore();
            default -> new Result.NeverTookPart();
        };
    }

    /** A user's veils in {@code conversations}. */
    public Future<Map<String, Veil>> of(String user, List<String> conversations) {
        if (conversations.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        List<Request> requests = conversations.stream()
                .map(id -> Request.cmd(Command.HGET)
                        .arg(Keys.veils(partitions.of(id), id))
                        .arg(user))
                .toList();
        return redis.batch(requests).map(answers -> {
            Map<String, Veil> veils = new HashMap<>();
            for (int i = 0; i < answers.size(); i++) {
                veils.put(conversations.get(i), Veil.of(answers.get(i)));
            }
            return veils;
        });
    }

    /** The positions of the messages from {@code first} to {@code last} that {@code user} has deleted for themselves. */
    public Future<Set<Long>> hidden(String user, String id, long first, long last) {
        String prefix = user.getBytes(StandardCharsets.UTF_8).length + ":" + user + ":";
        Request range = Request.cmd(Command.ZRANGE)
                .arg(Keys.hidden(partitions.of(id), id))
                .arg("[" + prefix + number(first))
                .arg("[" + prefix + number(last))
                .arg("BYLEX");
        return redis.send(range).map(names -> {
            Set<Long> positions = new HashSet<>();
            for (Response name : names) {
                long number = Long.parseLong(name.toString().substring(prefix.length()));
                positions.add(number * Message.POSITION_STEP);
            }
            return positions;
        });
    }

    private static String number(long position) {
        return String.format("%012d", Math.min(position / Message.POSITION_STEP, 999_999_999_999L));
    }
}
