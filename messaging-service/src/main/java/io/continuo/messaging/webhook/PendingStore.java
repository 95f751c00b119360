package io.continuo.messaging.webhook;

import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is still to be delivered, in Redis, in the slot of its partition.
 *
 * <ul>
 *   <li>{@code {c<p>}:hook:<webhook>}: a stream of events, oldest first; fields {@code c} conversation, {@code t} type,
 *       {@code i} event id, {@code b} body. Its ids grow with the stamps of the changes.
 *   <li>{@code {c<p>}:hooks}: a hash, webhook → newest stamp taken for it, by which a repeated fan-out is recognised, and
 *       {@code <webhook>:<entry>} → since when (ms) the delivery of an entry fails.
 * </ul>
 */
final class PendingStore {
    private static final Script ENQUEUE = Script.load(PendingStore.class, "enqueue.lua");
    private static final Script CLEAR = Script.load(PendingStore.class, "clear.lua");

    private final RedisLink redis;
    private final int most;

    /** @param most entries that are kept for one webhook in one partition */
    PendingStore(RedisLink redis, int most) {
        this.redis = redis;
        this.most = most;
    }

    /** An event for a webhook. */
    record Parcel(String conversation, String type, String eventId, String body) {}

    /** A parcel that waits under an id. */
    record Pending(String id, Parcel parcel) {}

    /**
     * Keeps the events of the change {@code stamp} for some webhooks, by their ids; may be repeated.
     *
     * @return how many older ones had to go
     */
    Future<Integer> add(int partition, long stamp, Map<String, List<Parcel>> parcels) {
        List<String> keys = new ArrayList<>(List.of(Keys.webhookStamps(partition)));
        List<Object> args = new ArrayList<>(List.of(stamp, most));
        parcels.forEach((webhook, events) -> {
            keys.add(Keys.webhookPending(partition, webhook));
            args.add(webhook);
            args.add(events.size());
            events.forEach(event -> args.addAll(List.of(event.conversation, event.type, event.eventId, event.body)));
        });
        return redis.run(ENQUEUE, keys, args.toArray()).map(Response::toInteger);
    }

    /** The entries after {@code id}, oldest first. */
    Future<List<Pending>> after(int partition, String webhook, String id, int limit) {
        Request range = Request.cmd(Command.XRANGE)
                .arg(Keys.webhookPending(partition, webhook))
                .arg("(" + id)
                .arg("+")
                .arg("COUNT")
                .arg(limit);
        return redis.send(range)
                .map(answer -> answer.stream().map(PendingStore::pending).toList());
    }

    private static Pending pending(Response entry) {
        Response fields = entry.get(1);
        return new Pending(
                entry.get(0).toString(),
                new Parcel(
                        fields.get(1).toString(),
                        fields.get(3).toString(),
                        fields.get(5).toString(),
                        fields.get(7).toString()));
    }

    /** @param failed whether its delivery failed before */
    Future<Void> remove(int partition, String webhook, String id, boolean failed) {
        List<Request> requests = new ArrayList<>();
        requests.add(Request.cmd(Command.XDEL)
                .arg(Keys.webhookPending(partition, webhook))
                .arg(id));
        if (failed) {
            requests.add(
                    Request.cmd(Command.HDEL).arg(Keys.webhookStamps(partition)).arg(failing(webhook, id)));
        }
        return redis.batch(requests).mapEmpty();
    }

    /** Notes that a delivery fails, unless that is known; answers since when, milliseconds since the epoch. */
    Future<Long> failing(int partition, String webhook, String id, long nowMs) {
        String key = Keys.webhookStamps(partition);
        return redis.batch(List.of(
                        Request.cmd(Command.HSETNX)
                                .arg(key)
                                .arg(failing(webhook, id))
                                .arg(nowMs),
                        Request.cmd(Command.HGET).arg(key).arg(failing(webhook, id))))
                .map(answers -> answers.get(1).toLong());
    }

    /** Which webhooks were given anything from a partition. */
    Future<Set<String>> webhooks(int partition) {
        return redis.send(Request.cmd(Command.HKEYS).arg(Keys.webhookStamps(partition)))
                .map(answer -> {
                    Set<String> webhooks = new TreeSet<>();
                    answer.forEach(field -> webhooks.add(beforeColon(field.toString())));
                    return webhooks;
                });
    }

    /**
     * Lets go of all that is pending.
     *
     * @param forGood whether the webhook is deleted
     * @return how much it was
     */
    Future<Integer> clear(int partition, String webhook, boolean forGood) {
        return redis.run(
                        CLEAR,
                        List.of(Keys.webhookStamps(partition), Keys.webhookPending(partition, webhook)),
                        webhook,
                        forGood ? 1 : 0)
                .map(Response::toInteger);
    }

    /** How much is pending for some webhooks, and the id of the oldest, or an empty one. */
    record Backlog(long entries, String oldest) {}

    Future<Map<String, Backlog>> backlogs(int partition, List<String> webhooks) {
        List<Request> requests = new ArrayList<>(webhooks.size() * 2);
        for (String webhook : webhooks) {
            String key = Keys.webhookPending(partition, webhook);
            requests.add(Request.cmd(Command.XLEN).arg(key));
            requests.add(Request.cmd(Command.XRANGE)
                    .arg(key)
                    .arg("-")
                    .arg("+")
                    .arg("COUNT")
                    .arg(1));
        }
        return redis.batch(requests).map(answers -> {
            Map<String, Backlog> backlogs = new HashMap<>();
            for (int i = 0; i < webhooks.size(); i++) {
                Response first = answers.get(2 * i + 1);
                String oldest = first.size() == 0 ? "" : first.get(0).get(0).toString();
                backlogs.put(webhooks.get(i), new Backlog(answers.get(2 * i).toLong(), oldest));
            }
            return backlogs;
        });
    }

    /** When the entry's change happened, milliseconds since the epoch. */
    static long timeMs(String id) {
        return Long.parseLong(beforeDash(id));
    }

    private static String failing(String webhook, String id) {
        return webhook + ":" + id;
    }

    private static String beforeColon(String field) {
        int colon = field.indexOf(':');
        return colon < 0 ? field : field.substring(0, colon);
    }

    private static String beforeDash(String id) {
        return id.substring(0, id.indexOf('-'));
    }
}
