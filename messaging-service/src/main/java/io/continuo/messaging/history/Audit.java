package io.continuo.messaging.history;

import io.continuo.messaging.outbox.PartitionDuty;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sums the ledgers of all clients whose ids fall into the partitions that this instance owns: round and round, a little
 * at a time. The sums of all instances are those of the whole.
 *
 * <p>Threading: lives on its verticle's event loop; the gauges are read by any thread.
 */
public final class Audit implements PartitionDuty, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Audit.class);
    private static final long PAUSE_MS = 250;
    /** Between two pauses: that many clients, and as many partitions. */
    private static final int CLIENTS = 400;

    private static final int PAGES = 16;

    private final Vertx vertx;
    private final Ledgers ledgers;
    private final TreeMap<Integer, Walk> ours = new TreeMap<>();
    private final Map<Integer, Sum> sums = new ConcurrentHashMap<>();
    private final long timer;
    private int at = -1;
    private boolean busy;

    /** A partition's walk that is under way. */
    private static final class Walk {
        private long began = System.nanoTime();
        private int clients;
        private Ledger sum = Ledger.EMPTY;
        private String last = "";
    }

    /** What a whole walk has found, and when it began, by {@link System#nanoTime}. */
    private record Sum(long began, int clients, Ledger ledger) {}

    /** @param instance tells apart the instances of a process */
    public Audit(Vertx vertx, Ledgers ledgers, MeterRegistry registry, String instance) {
        this.vertx = vertx;
        this.ledgers = ledgers;
        timer = vertx.setPeriodic(PAUSE_MS, tick -> go());
        state(registry, instance, "delivered", Ledger::delivered);
        state(registry, instance, "waiting", Ledger::waiting);
        state(registry, instance, "expired", Ledger::expired);
        state(registry, instance, "lost", Ledger::lost);
        state(registry, instance, "passed", Ledger::passed);
        gauge("continuo.ledger.appended", instance, audit -> audit.sum(Ledger::appended))
                .description("Positions ever appended to the histories of the clients that an instance looks after")
                .register(registry);
        gauge("continuo.ledger.clients", instance, Audit::clients)
                .description("Clients that have a history, of those that an instance looks after")
                .register(registry);
        gauge("continuo.ledger.age.seconds", instance, Audit::ageSeconds)
                .description("How long ago the oldest of an instance's sums was begun")
                .register(registry);
    }

    private void state(MeterRegistry registry, String instance, String state, ToLongFunction<Ledger> part) {
        gauge("continuo.ledger.positions", instance, audit -> audit.sum(part))
                .description("What became of what was appended to histories, in positions")
                .tag("state", state)
                .register(registry);
    }

    private Gauge.Builder<Audit> gauge(String name, String instance, ToLongFunction<Audit> value) {
        return Gauge.builder(name, this, value::applyAsLong).tag("messaging", instance);
    }

    @Override
    public void take(int partition) {
        ours.put(partition, new Walk());
    }

    @Override
    public void lose(int partition) {
        ours.remove(partition);
        sums.remove(partition);
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }

    private long sum(ToLongFunction<Ledger> part) {
        return sums.values().stream()
                .mapToLong(sum -> part.applyAsLong(sum.ledger))
                .sum();
    }

    private long clients() {
        return sums.values().stream().mapToLong(Sum::clients).sum();
    }

    private long ageSeconds() {
        long now = System.nanoTime();
        return sums.values().stream()
                .mapToLong(sum -> (now - sum.began) / 1_000_000_000L)
                .max()
                .orElse(0);
    }

    private void go() {
        if (!busy && !ours.isEmpty()) {
            busy = true;
            step(PAGES, CLIENTS).onComplete((done, failure) -> {
                busy = false;
                if (failure != null) {
                    log.debug("The audit goes on later: {}", failure.getMessage());
                }
            });
        }
    }

    private Future<Void> step(int pages, int clients) {
        Map.Entry<Integer, Walk> next = ours.ceilingEntry(at);
        if (next == null) {
            next = ours.firstEntry();
        }
        if (pages == 0 || clients <= 0 || next == null) {
            return Future.succeededFuture();
        }
        int partition = next.getKey();
        Walk walk = next.getValue();
        at = partition;
        return ledgers.page(partition, walk.last, clients).compose(page -> {
            add(partition, walk, page);
            return step(pages - 1, clients - page.clients());
        });
    }

    private void add(int partition, Walk walk, Ledgers.Page page) {
        walk.clients += page.clients();
        walk.sum = walk.sum.plus(page.sum());
        walk.last = page.last();
        boolean whole = walk.last.isEmpty();
        if (whole) {
            at = partition + 1;
        }
        if (whole && ours.replace(partition, walk, new Walk())) {
            sums.put(partition, new Sum(walk.began, walk.clients, walk.sum));
        }
    }
}
