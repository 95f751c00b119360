package io.continuo.gateway.auth;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SessionRequest;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets sessions go on beyond their end, the same by REST and on a socket. */
public final class Renewals {
    private static final String TOKEN = "session_token";

    private final Authenticator authenticator;
    private final ServiceClient services;

    /** What a client gets that asks for more time. */
    public sealed interface Renewal {
        record Renewed(SessionToken token) implements Renewal {}

        record Refused(Reply.Failure failure) implements Renewal {}
    }

    public Renewals(Authenticator authenticator, ServiceClient services) {
        this.authenticator = authenticator;
        this.services = services;
    }

    /**
     * A session of ours gets a new token, as long as it was not ended. Whose app mints tokens by itself brings a new one.
     *
     * @param brought another session token of the same user, or null
     */
    public Future<Renewal> renew(Session session, @Nullable String brought) {
        if (brought != null) {
            return exchange(session, brought);
        }
        return switch (session.origin()) {
            case OURS -> prolong(session);
            case MINTED ->
                refused(Reply.Failure.ofProperty(
                        ErrorCode.MISSING_PROPERTY, TOKEN, "The app mints its session tokens: bring a new one."));
        };
    }

    private Future<Renewal> prolong(Session session) {
        return services.ask(new SessionRequest.RenewSession(session.check())).map(reply -> switch (reply) {
            case Reply.SessionOpened opened ->
                new Renewal.Renewed(authenticator.prolong(session, Duration.ofSeconds(opened.ttlSeconds())));
            case Reply.Failure failure -> new Renewal.Refused(failure);
            default -> throw new IllegalStateException("Not an answer to a renewal: " + reply);
        });
    }

    private Future<Renewal> exchange(Session session, String brought) {
        return authenticator
                .verify(brought)
                .compose(other -> other.user().equals(session.user())
                        ? services.ask(other.check()).map(reply -> exchanged(brought, other, reply))
                        : refused(notGood("session_token must be of the same user.")))
                .recover(failure -> failure instanceof AuthException
                        ? refused(notGood("session_token is not valid."))
                        : Future.failedFuture(failure));
    }

    private static Renewal exchanged(String token, Session session, Reply reply) {
        if (reply instanceof Reply.Failure failure) {
            return new Renewal.Refused(
                    failure.code() == ErrorCode.AUTHENTICATION_REQUIRED
                            ? notGood("The session of session_token has ended.")
                            : failure);
        }
        return new Renewal.Renewed(new SessionToken(token, session));
    }

    private static Reply.Failure notGood(String message) {
        return Reply.Failure.ofProperty(ErrorCode.INVALID_PROPERTY, TOKEN, message);
    }

    private static Future<Renewal> refused(Reply.Failure failure) {
        return Future.succeededFuture(new Renewal.Refused(failure));
    }
}
