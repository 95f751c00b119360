package io.continuo.gateway.login;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.LoginRequest;
import io.continuo.common.bus.LoginRequest.HashKind;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.Reply.HashFacts;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SessionRequest;
import io.continuo.gateway.auth.AuthException;
import io.continuo.gateway.auth.AuthFailure;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.auth.Session;
import io.continuo.gateway.login.HashOutcome.Known;
import io.continuo.gateway.login.HashOutcome.Refused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who comes with a hash: one of a login, an API key, or a session token of ours. All its methods are to be called on the
 * event loop that made it.
 */
public final class Hashes {
    private static final long BELIEVED_MS = 1_000;
    private static final long LOOKS_EVERY_MS = 25_000;
    private static final int AT_ONCE = 500;
    private static final int MOST_BELIEVED = 10_000;

    private final Vertx vertx;
    private final ServiceClient services;
    private final Authenticator authenticator;
    private final MessageConsumer<GatewayMessage> consumer;
    private final long timer;
    /** By digest, the eldest first. */
    private final Map<String, Belief> believed = new LinkedHashMap<>();

    private final Set<Watch> watches = new HashSet<>();

    /** Listens to what ends hashes, at once. */
    public Hashes(Vertx vertx, ServiceClient services, Authenticator authenticator) {
        this.vertx = vertx;
        this.services = services;
        this.authenticator = authenticator;
        consumer = vertx.eventBus().consumer(Addresses.GATEWAYS, this::heard);
        timer = vertx.setPeriodic(LOOKS_EVERY_MS, look -> lookAfter());
    }

    /** Listens no more. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return consumer.unregister();
    }

    /** Answers without asking anybody when the hash was asked about within the last second; never fails. */
    public Future<HashOutcome> authenticate(String hash) {
        if (hash.isBlank()) {
            return Future.succeededFuture(new Refused(3, "Wrong hash"));
        }
        if (hash.indexOf('.') >= 0) {
            return ofSession(hash);
        }
        if (!hash.matches("[0-9a-fA-F]{32}")) {
            return Future.succeededFuture(new Refused(3, "Wrong hash"));
        }
        String digest = LoginRequest.CheckHashes.digest(hash);
        Belief belief = believed.get(digest);
        if (belief != null && System.nanoTime() - belief.until() < 0) {
            return Future.succeededFuture(belief.known());
        }
        return services.ask(new LoginRequest.CheckHashes(List.of(digest))).map(reply -> switch (reply) {
            case Reply.HashesFound found ->
                believe(digest, outcome(digest, found.facts().getFirst()));
            default -> new Refused(8, "Queue service error, try again later");
        });
    }

    /**
     * Calls {@code onEnd}, once, when the hash is worth nothing any more: logged out, expired, the password changed, the
     * user suspended or removed. On any node within a second; should the news be lost, within half a minute.
     *
     * @return to be run when nobody is to be told any more
     */
    public Runnable watch(Known hash, Runnable onEnd) {
        Watch watch = new Watch(hash, onEnd);
        watches.add(watch);
        return () -> watches.remove(watch);
    }

    /**
     * Looks whether a hash that is watched, and may have ended before that, is still worth something. Completes when
     * whoever watches it has been told, or when nobody can say; never fails.
     */
    public Future<Void> lookAgain(Known hash) {
        if (hash.expiresAtMs() <= System.currentTimeMillis()) {
            end(known -> known.equals(hash));
            return Future.succeededFuture();
        }
        List<Watch> some = watches.stream()
                .filter(watch -> watch.hash().equals(hash))
                .limit(1)
                .toList();
        return some.isEmpty() ? Future.succeededFuture() : hash.isSession() ? lookAtSessions(some) : lookAtHashes(some);
    }

    private Future<HashOutcome> ofSession(String token) {
        return authenticator
                .verify(token)
                .compose(session -> services.ask(session.check()).map(reply -> ofSession(session, reply)))
                .otherwise(Hashes::refused);
    }

    private static HashOutcome ofSession(Session session, Reply reply) {
        return switch (reply) {
            case Reply.Done ignored ->
                new Known(session.user(), session.sessionId(), false, session.issuedAtMs(), session.expiresAtMs());
            case Reply.Failure failure ->
                switch (failure.code()) {
                    case AUTHENTICATION_REQUIRED -> new Refused(4, "User not found or session ended");
                    case USER_SUSPENDED, APP_SUSPENDED -> new Refused(276, "User is blocked");
                    default -> new Refused(8, "Queue service error, try again later");
                };
            default -> throw new IllegalStateException("Not whether a session lives: " + reply);
        };
    }

    private static HashOutcome refused(Throwable failure) {
        AuthFailure reason = failure instanceof AuthException refused ? refused.failure() : AuthFailure.UNAVAILABLE;
        return switch (reason) {
            case UNAVAILABLE -> new Refused(8, "Queue service error, try again later");
            case EXPIRED, REVOKED -> new Refused(4, "User not found or session ended");
            case APP_SUSPENDED -> new Refused(11, "Access denied");
            case MISSING, MALFORMED, UNTRUSTED, NONCE, ISSUER, UNKNOWN_APP -> new Refused(3, "Wrong hash");
        };
    }

    private static HashOutcome outcome(String digest, HashFacts facts) {
        if (facts.equals(HashFacts.NONE)) {
            return new Refused(4, "User or API key not found or session ended");
        }
        return facts.suspended()
                ? new Refused(276, "User is blocked")
                : new Known(facts.user(), digest, facts.kind() == HashKind.API_KEY, facts.beganMs(), Long.MAX_VALUE);
    }

    private HashOutcome believe(String digest, HashOutcome outcome) {
        believed.remove(digest);
        if (outcome instanceof Known known) {
            if (believed.size() >= MOST_BELIEVED) {
                believed.remove(believed.keySet().iterator().next());
            }
            believed.put(digest, new Belief(known, System.nanoTime() + BELIEVED_MS * 1_000_000));
        }
        return outcome;
    }

    private void heard(Message<GatewayMessage> message) {
        switch (message.body()) {
            case GatewayMessage.EndSession end -> end(known -> known.key().equals(end.sessionId()));
            case GatewayMessage.EndSessions end ->
                end(known ->
                        !known.apiKey() && known.user().equals(end.user()) && known.beganMs() <= end.beganUntilMs());
            case GatewayMessage.SuspendUser suspend -> end(known -> known.user().equals(suspend.user()));
            default -> {}
        }
    }

    private void end(Predicate<Known> which) {
        believed.values().removeIf(belief -> which.test(belief.known()));
        for (Watch watch : List.copyOf(watches)) {
            if (which.test(watch.hash()) && watches.remove(watch)) {
                watch.onEnd().run();
            }
        }
    }

    /** What the bus may have failed to tell, and what has expired by itself. */
    private void lookAfter() {
        long now = System.currentTimeMillis();
        end(known -> known.expiresAtMs() <= now);
        List<Watch> hashed = new ArrayList<>();
        List<Watch> sessions = new ArrayList<>();
        watches.forEach(watch -> (watch.hash().isSession() ? sessions : hashed).add(watch));
        for (int from = 0; from < hashed.size(); from += AT_ONCE) {
            lookAtHashes(hashed.subList(from, Math.min(from + AT_ONCE, hashed.size())));
        }
        for (int from = 0; from < sessions.size(); from += AT_ONCE) {
            lookAtSessions(sessions.subList(from, Math.min(from + AT_ONCE, sessions.size())));
        }
    }

    private Future<Void> lookAtHashes(List<Watch> some) {
        List<String> digests = some.stream().map(watch -> watch.hash().key()).toList();
        return services.ask(new LoginRequest.CheckHashes(digests)).map(reply -> {
            if (reply instanceof Reply.HashesFound found) {
                Set<String> over = new HashSet<>();
                for (int i = 0; i < digests.size(); i++) {
                    if (!(outcome(digests.get(i), found.facts().get(i)) instanceof Known)) {
                        over.add(digests.get(i));
                    }
                }
                end(known -> over.contains(known.key()));
            }
            return null;
        });
    }

    private Future<Void> lookAtSessions(List<Watch> some) {
        return services.ask(new SessionRequest.FindEndedSessions(some.stream()
                        .map(Watch::hash)
                        .map(known -> new SessionRequest.CheckSession(known.user(), known.key(), known.beganMs()))
                        .toList()))
                .map(reply -> {
                    if (reply instanceof Reply.EndedSessions ended) {
                        Set<String> over = new HashSet<>();
                        ended.places()
                                .forEach(
                                        place -> over.add(some.get(place).hash().key()));
                        end(known -> over.contains(known.key()));
                    }
                    return null;
                });
    }

    /** @param until on the clock of {@link System#nanoTime} */
    private record Belief(Known known, long until) {}

    /** Each is one of its own. */
    private static final class Watch {
        private final Known hash;
        private final Runnable onEnd;

        Watch(Known hash, Runnable onEnd) {
            this.hash = hash;
            this.onEnd = onEnd;
        }

        Known hash() {
            return hash;
        }

        Runnable onEnd() {
            return onEnd;
        }
    }
}
