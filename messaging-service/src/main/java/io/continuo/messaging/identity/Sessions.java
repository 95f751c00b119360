package io.continuo.messaging.identity;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.account.Accounts;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Logins. A session's token speaks for itself; what is stored is the exception: nonces that were spent, sessions that
 * were ended before their time, each by itself or all of a user's that had begun.
 */
public final class Sessions {
    /** A nonce's life (protocol/layer.md §3.2), and a little more for clocks that differ. */
    private static final int NONCE_SECONDS = 660;
    /** No session lives longer. */
    private static final long LONGEST_LIFE_MS = Duration.ofDays(366).toMillis();

    private static final Script END_ALL = Script.load(Sessions.class, "end_sessions.lua");

    private final RedisLink redis;
    private final EventBus bus;
    private final Profiles profiles;
    private final Accounts accounts;
    private final SessionLife life;

    public Sessions(RedisLink redis, EventBus bus, Profiles profiles, Accounts accounts, SessionLife life) {
        this.redis = redis;
        this.bus = bus;
        this.profiles = profiles;
        this.accounts = accounts;
        this.life = life;
    }

    /** Spends the nonce and takes over what the login tells of the user. */
    public Future<Reply> open(SessionRequest.OpenSession request) {
        return accounts.isSuspended(request.identity().person().userId())
                .compose(suspended -> suspended ? Future.succeededFuture(Accounts.suspended()) : admit(request));
    }

    private Future<Reply> admit(SessionRequest.OpenSession request) {
        String app = UserId.app(request.identity().person().userId());
        return spend(request.nonce())
                .compose(fresh -> fresh
                        ? profiles.refresh(request.identity())
                                .compose(reply ->
                                        reply instanceof Reply.Failure ? Future.succeededFuture(reply) : opened(app))
                        : Future.succeededFuture(Reply.Failure.ofProperty(
                                ErrorCode.INVALID_PROPERTY, "identity_token", "The nonce was used before.")));
    }

    /** Lets a session that still lives go on for another while. */
    public Future<Reply> renew(SessionRequest.RenewSession request) {
        return check(request.session())
                .compose(reply -> reply instanceof Reply.Failure
                        ? Future.succeededFuture(reply)
                        : opened(UserId.app(request.session().user())));
    }

    private Future<Reply> opened(String app) {
        Request time = Request.cmd(Command.TIME);
        return redis.send(time)
                .compose(now -> life.of(app)
                        .map(seconds -> new Reply.SessionOpened(
                                now.get(0).toLong() * 1_000 + now.get(1).toLong() / 1_000, seconds)));
    }

    /**
     * Ends a session everywhere. The tokens that it was prolonged with may outlive the one that is at hand, but none lives
     * longer than from now on for a whole life.
     */
    public Future<Reply> revoke(SessionRequest.RevokeSession request) {
        long leftMs = request.expiresAt() - System.currentTimeMillis();
        return life.longest(UserId.app(request.user()))
                .compose(seconds -> redis.send(Request.cmd(Command.SET)
                        .arg(Keys.revoked(request.user(), request.sessionId()))
                        .arg(1)
                        .arg("PX")
                        .arg(Math.max(leftMs, Duration.ofSeconds(seconds).toMillis()))))
                .map(done -> {
                    bus.publish(Addresses.GATEWAYS, new GatewayMessage.EndSession(request.sessionId()));
                    return Reply.Done.INSTANCE;
                });
    }

    /** Ends all sessions of a user that have begun, everywhere (§14.1). */
    public Future<Reply> revokeAll(SessionRequest.RevokeSessions request) {
        return redis.run(END_ALL, List.of(Keys.sessionsEnded(request.user())), LONGEST_LIFE_MS)
                .map(now -> {
                    bus.publish(Addresses.GATEWAYS, new GatewayMessage.EndSessions(request.user(), now.toLong()));
                    return Reply.Done.INSTANCE;
                });
    }

    /** From now on the app's new sessions live as long as asked (§14.1). */
    public Future<Reply> setTtl(SessionRequest.SetSessionTtl request) {
        return life.set(request.app(), request.seconds());
    }

    public Future<Reply> check(SessionRequest.CheckSession request) {
        return redis.send(marks(request))
                .compose(marks -> isEnded(request, marks)
                        ? Future.succeededFuture(ended())
                        : accounts.isSuspended(request.user())
                                .map(suspended -> suspended ? Accounts.suspended() : Reply.Done.INSTANCE));
    }

    /** Which of many have ended. */
    public Future<Reply> findEnded(SessionRequest.FindEndedSessions request) {
        List<SessionRequest.CheckSession> sessions = request.sessions();
        return redis.batch(sessions.stream().map(Sessions::marks).toList()).map(answers -> {
            List<Integer> ended = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                if (isEnded(sessions.get(i), answers.get(i))) {
                    ended.add(i);
                }
            }
            return new Reply.EndedSessions(ended);
        });
    }

    /** The answer to whoever comes with a session that was ended. */
    public static Reply ended() {
        return Reply.Failure.of(ErrorCode.AUTHENTICATION_REQUIRED, "The session has ended.");
    }

    private static Request marks(SessionRequest.CheckSession session) {
        return Request.cmd(Command.MGET)
                .arg(Keys.revoked(session.user(), session.sessionId()))
                .arg(Keys.sessionsEnded(session.user()));
    }

    private static boolean isEnded(SessionRequest.CheckSession session, Response marks) {
        Response all = marks.get(1);
        return marks.get(0) != null || (all != null && session.beganMs() <= all.toLong());
    }

    private Future<Boolean> spend(@Nullable String nonce) {
        if (nonce == null) {
            return Future.succeededFuture(true);
        }
        Request set = Request.cmd(Command.SET)
                .arg(Keys.spentNonce(nonce))
                .arg(1)
                .arg("NX")
                .arg("EX")
                .arg(NONCE_SECONDS);
        return redis.send(set).map(answer -> answer != null);
    }
}
