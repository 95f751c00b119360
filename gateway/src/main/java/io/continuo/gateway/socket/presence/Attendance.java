package io.continuo.gateway.socket.presence;

import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the presence service knows of one event loop's connections true, whatever goes wrong between them. Ends are
 * told until they are heard. A loop that was believed dead, because it was frozen or cut off, notices and tells everything
 * again. And each connection is told again now and then, in case that Redis has forgotten it.
 *
 * <p>Threading: belongs to one event loop.
 */
public final class Attendance {
    /** How often the loop asks whether it is known, in milliseconds. */
    public static final long CHECK_MS = 3_000;

    private static final int AT_ONCE = 100;
    /** Checks in which everything is told again. */
    private static final int CYCLE = 100;

    private static final int MOST_LEAVES = 100_000;
    private static final long UNKNOWN = -1;

    private final Vertx vertx;
    private final ServiceClient services;
    private final String loop;
    private final long checkMs;
    private final Map<String, Appearance> appearances = new LinkedHashMap<>();
    private final Map<String, PresenceRequest.Leave> unheard = new LinkedHashMap<>();
    private final Deque<Appearance> toBeTold = new ArrayDeque<>();
    /** As the service counts; 0 before the first answer. */
    private long knownSince;

    private long knownAtNs = System.nanoTime();

    /** What the services have last said was missed here. */
    private PresenceRequest.@Nullable Missed caughtUp;

    private long timer = -1;

    /**
     * @param loop the loop's own address
     * @param checkMs how often it asks whether it is known, in milliseconds
     */
    public Attendance(Vertx vertx, ServiceClient services, String loop, long checkMs) {
        this.vertx = vertx;
        this.services = services;
        this.loop = loop;
        this.checkMs = checkMs;
    }

    public void start() {
        timer = vertx.setPeriodic(checkMs, fired -> check());
    }

    public void stop() {
        vertx.cancelTimer(timer);
    }

    /**
     * @param connection its name in the whole cluster
     * @param missed takes since when changes may not have come that the connection wants to hear of, in milliseconds since
     *     the epoch
     */
    public Appearance of(String user, String connection, LongConsumer missed) {
        return new Appearance(this, user, connection, missed);
    }

    /** Redis may have forgotten something: everything is told again. */
    public void doubt() {
        knownSince = UNKNOWN;
    }

    String loop() {
        return loop;
    }

    Future<Reply> ask(Appearance appearance, PresenceRequest request) {
        appearances.put(appearance.connection(), appearance);
        Future<Reply> answer = services.ask(request);
        appearance.isUnderWay(answer);
        return answer;
    }

    /** It may not have been heard, so it is told again soon. */
    void makeSure(Appearance appearance) {
        toBeTold.addFirst(appearance);
    }

    void end(Appearance appearance) {
        appearances.remove(appearance.connection());
        appearance.underWay().onComplete(done -> leave(appearance.leave()));
    }

    private void leave(PresenceRequest.Leave leave) {
        services.ask(leave).onSuccess(reply -> {
            if (!(reply instanceof Reply.Failure)) {
                unheard.remove(leave.connection());
            } else if (unheard.size() < MOST_LEAVES) {
                unheard.put(leave.connection(), leave);
            }
        });
    }

    private void check() {
        unheard.values().stream().limit(AT_ONCE).toList().forEach(this::leave);
        if (!appearances.isEmpty()) {
            services.ask(new PresenceRequest.Register(loop, caughtUp)).onSuccess(reply -> {
                if (reply instanceof Reply.Registered registered) {
                    isKnown(registered.since());
                    catchUp(registered.missed());
                }
            });
        }
    }

    private void isKnown(long since) {
        boolean believedDead = knownSince != 0 && since != knownSince;
        long silentMs = (System.nanoTime() - knownAtNs) / 1_000_000;
        knownSince = since;
        knownAtNs = System.nanoTime();
        if (believedDead || toBeTold.isEmpty()) {
            toBeTold.clear();
            toBeTold.addAll(appearances.values());
        }
        if (believedDead) {
            // Nobody has told the loop of anything from some time after its last sign of life on.
            tellAgain(toBeTold.size(), appearance -> appearance.missed(since - silentMs - checkMs));
        } else {
            tellAgain(Math.max(1, appearances.size() / CYCLE), appearance -> {});
        }
    }

    private void catchUp(PresenceRequest.@Nullable Missed missed) {
        if (missed != null && !missed.equals(caughtUp)) {
            appearances.values().forEach(appearance -> appearance.missed(missed.sinceMs()));
        }
        caughtUp = missed;
    }

    /** @param told is done with each connection that the services know of again */
    private void tellAgain(int count, Consumer<Appearance> told) {
        List<Appearance> some = new ArrayList<>(Math.min(count, AT_ONCE));
        while (some.size() < Math.min(count, AT_ONCE) && !toBeTold.isEmpty()) {
            Appearance next = toBeTold.removeFirst();
            if (appearances.containsKey(next.connection())) {
                some.add(next);
            }
        }
        if (some.isEmpty()) {
            return;
        }
        Future<Reply> telling = services.ask(new PresenceRequest.Restore(
                loop, some.stream().map(Appearance::stay).toList()));
        some.forEach(appearance -> appearance.isUnderWay(telling));
        telling.onSuccess(reply -> {
            if (reply instanceof Reply.Failure) {
                some.forEach(toBeTold::addFirst);
            } else {
                some.forEach(told);
                tellAgain(count - some.size(), told);
            }
        });
    }
}
