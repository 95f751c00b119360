package io.continuo.gateway.atmosphere;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Stands in for the presence service as far as visits go. */
final class FakeVisits {
    private static final Reply UNKNOWN = Reply.Failure.of(ErrorCode.NOT_FOUND, "No such visit.");

    record Kept(long number, String home, String state, String cursor) {}

    final Map<String, Kept> kept = new ConcurrentHashMap<>();
    /** So many requests fail. */
    final AtomicInteger failing = new AtomicInteger();

    private final AtomicLong numbers = new AtomicLong();

    FakeVisits(Vertx vertx) {
        vertx.eventBus()
                .<PresenceRequest>consumer(Addresses.PRESENCE, request -> request.reply(answer(request.body())));
    }

    private synchronized Reply answer(PresenceRequest request) {
        if (failing.get() > 0 && failing.getAndDecrement() > 0) {
            return Reply.Failure.of(ErrorCode.SERVICE_UNAVAILABLE, "Later.");
        }
        return switch (request) {
            case PresenceRequest.ClaimVisit claim -> claim(claim);
            case PresenceRequest.KeepVisit keep -> keep(keep);
            case PresenceRequest.FindVisit find -> home(kept.get(find.id()));
            case PresenceRequest.EndVisit end -> home(kept.remove(end.id()));
            default -> Reply.Done.INSTANCE;
        };
    }

    private Reply claim(PresenceRequest.ClaimVisit claim) {
        Kept was = kept.getOrDefault(claim.id(), new Kept(0, "", "", ""));
        long number = numbers.incrementAndGet();
        kept.put(claim.id(), new Kept(number, claim.home(), was.state(), was.cursor()));
        return new Reply.VisitClaimed(number, was.home(), was.state(), was.cursor());
    }

    private Reply keep(PresenceRequest.KeepVisit keep) {
        Kept was = kept.get(keep.id());
        if (was != null && was.number() > keep.number()) {
            return Reply.Failure.of(ErrorCode.CONFLICT, "Claimed.");
        }
        kept.put(keep.id(), new Kept(keep.number(), keep.home(), keep.state(), keep.cursor()));
        return Reply.Done.INSTANCE;
    }

    private static Reply home(@Nullable Kept visit) {
        return visit == null ? UNKNOWN : new Reply.VisitFound(visit.home());
    }
}
