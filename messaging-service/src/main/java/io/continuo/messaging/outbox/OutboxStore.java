package io.continuo.messaging.outbox;

import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.history.EventRef;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outboxes in Redis. {@code {c<p>}:outbox} is a stream whose entries, {@code e} = {@link EventRef} and {@code b} = the
 * stamp before, wait for their fan-out; an entry's id is its stamp, split in milliseconds and 1/1024 ms. {@code
 * {c<p>}:stamp} is the newest stamp.
 */
final class OutboxStore {
    /** How many stamps make a millisecond. */
    static final int PARTS_OF_MS = 1_024;

    private static final int PAGE = 500;
    /** Where the stamp before stands among an entry's fields. */
    private static final int BEFORE = 3;

    private static final Script MOURN =
            Script.load(OutboxStore.class, "/io/continuo/messaging/conversation/outbox.lua", "mourn.lua");

    private final RedisLink redis;

    OutboxStore(RedisLink redis) {
        this.redis = redis;
    }

    /** @param before the stamp before it; {@link Long#MAX_VALUE} when that is not known */
    record Entry(long stamp, long before, EventRef ref) {}

    /** Whether outboxes may be lost though histories are not, or the other way round: on a Redis Cluster. */
    boolean isApartFromHistories() {
        return redis.isSpread();
    }

    /** The millisecond of Redis in which a change with this stamp was accepted. */
    static long acceptedMs(long stamp) {
        return stamp / PARTS_OF_MS;
    }

    /** @param timeMs Redis time when they were read */
    record Look(long timeMs, List<Long> stamps) {}

    /** What time it is, and the newest stamps of some partitions, in their order. */
    Future<Look> look(List<Integer> partitions) {
        List<Request> requests = new ArrayList<>(partitions.size() + 1);
        requests.add(Request.cmd(Command.TIME));
        partitions.forEach(partition -> requests.add(Request.cmd(Command.GET).arg(Keys.stamp(partition))));
        return redis.batch(requests)
                .map(answers -> new Look(
                        answers.getFirst().get(0).toLong() * 1_000
                                + answers.getFirst().get(1).toLong() / 1_000,
                        answers.stream().skip(1).map(OutboxStore::stamp).toList()));
    }

    /** The newest stamps of some partitions, in their order. */
    Future<List<Long>> stamps(List<Integer> partitions) {
        if (partitions.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Request> requests = partitions.stream()
                .map(partition -> Request.cmd(Command.GET).arg(Keys.stamp(partition)))
                .toList();
        return redis.batch(requests)
                .map(answers -> answers.stream().map(OutboxStore::stamp).toList());
    }

    /** The entries after {@code stamp}, oldest first. */
    Future<List<Entry>> after(int partition, long stamp) {
        return page(partition, stamp, new ArrayList<>());
    }

    private Future<List<Entry>> page(int partition, long stamp, List<Entry> read) {
        Request range = Request.cmd(Command.XRANGE)
                .arg(Keys.outbox(partition))
                .arg("(" + id(stamp))
                .arg("+")
                .arg("COUNT")
                .arg(PAGE);
        return redis.send(range).compose(answer -> {
            answer.forEach(entry -> read.add(entry(entry)));
            return answer.size() < PAGE ? Future.succeededFuture(read) : page(partition, read.getLast().stamp, read);
        });
    }

    Future<Void> remove(int partition, long stamp) {
        return redis.send(Request.cmd(Command.XDEL).arg(Keys.outbox(partition)).arg(id(stamp)))
                .mapEmpty();
    }

    /** Has stamps go on after {@code stamp}, which Redis has lost, and puts into the outbox who is to be told. */
    Future<Void> mourn(int partition, long stamp, List<EventRef.ChangesLost> told) {
        Object[] args = new Object[1 + told.size()];
        args[0] = stamp;
        for (int i = 0; i < told.size(); i++) {
            args[1 + i] = told.get(i).text();
        }
        return redis.run(MOURN, List.of(Keys.stamp(partition), Keys.outbox(partition)), args)
                .mapEmpty();
    }

    private static Entry entry(Response entry) {
        String id = entry.get(0).toString();
        int dash = id.indexOf('-');
        long stamp = Long.parseLong(id.substring(0, dash)) * PARTS_OF_MS + Long.parseLong(id.substring(dash + 1));
        Response fields = entry.get(1);
        long before = fields.size() > BEFORE ? fields.get(BEFORE).toLong() : Long.MAX_VALUE;
        return new Entry(stamp, before, EventRef.parse(fields.get(1).toString()));
    }

    private static String id(long stamp) {
        return stamp / PARTS_OF_MS + "-" + stamp % PARTS_OF_MS;
    }

    private static long stamp(@Nullable Response answer) {
        return answer == null ? 0 : answer.toLong();
    }
}
