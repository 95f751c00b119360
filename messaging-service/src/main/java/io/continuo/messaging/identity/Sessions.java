package io.continuo.messaging.identity;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.messaging.account.Accounts;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.jspecify.annotations.Nullable;

/**
 * Logins. A session's token speaks for itself; what is stored is the exception: nonces that were spent, sessions that
 * were ended before their time.
 */
public final class Sessions {
    /** A nonce's life (protocol/layer.md §3.2), and a little more for clocks that differ. */
    private static final int NONCE_SECONDS = 660;

    private final RedisLink redis;
    private final EventBus bus;
    private final Profiles profiles;
    private final Accounts accounts;

    public Sessions(RedisLink redis, EventBus bus, Profiles profiles, Accounts accounts) {
        this.redis = redis;
        this.bus = bus;
        this.profiles = profiles;
        this.accounts = accounts;
    }

    /** Spends the nonce and takes over what the login tells of the user. */
    public Future<Reply> open(MessagingRequest.OpenSession request) {
        return accounts.isSuspended(request.identity().person().userId())
                .compose(suspended -> suspended ? Future.succeededFuture(Accounts.suspended()) : admit(request));
    }

    private Future<Reply> admit(MessagingRequest.OpenSession request) {
        return spend(request.nonce())
                .compose(fresh -> fresh
                        ? profiles.refresh(request.identity())
                        : Future.succeededFuture(Reply.Failure.ofProperty(
                                ErrorCode.INVALID_PROPERTY, "identity_token", "The nonce was used before.")));
    }

    /** Ends a session everywhere. */
    public Future<Reply> revoke(MessagingRequest.RevokeSession request) {
        long lifeMs = Math.max(1_000, request.expiresAt() - System.currentTimeMillis());
        Request set = Request.cmd(Command.SET)
                .arg(Keys.revoked(request.user(), request.sessionId()))
                .arg(1)
                .arg("PX")
                .arg(lifeMs);
        return redis.send(set).map(done -> {
            bus.publish(Addresses.GATEWAYS, new GatewayMessage.EndSession(request.sessionId()));
            return Reply.Done.INSTANCE;
        });
    }

    public Future<Reply> check(MessagingRequest.CheckSession request) {
        Request exists = Request.cmd(Command.EXISTS).arg(Keys.revoked(request.user(), request.sessionId()));
        return redis.send(exists)
                .compose(revoked -> revoked.toInteger() == 1
                        ? Future.succeededFuture(ended())
                        : accounts.isSuspended(request.user())
                                .map(suspended -> suspended ? Accounts.suspended() : Reply.Done.INSTANCE));
    }

    /** The answer to whoever comes with a session that was ended. */
    public static Reply ended() {
        return Reply.Failure.of(ErrorCode.AUTHENTICATION_REQUIRED, "The session has ended.");
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
