package io.continuo.gateway.login;

import io.vertx.core.Future;

/**
 * Who comes with a hash: one of a login, an API key, or a session token of ours. All its methods are to be called on the
 * event loop that made it.
 */
public final class Hashes {

    /** Answers within a moment without asking anybody when the hash was asked about just before; never fails. */
    public Future<HashOutcome> authenticate(String hash) {
        return Future.succeededFuture(new HashOutcome.Refused(hash.isEmpty() ? 3 : 4, "Nobody can log in yet."));
    }

    /**
     * Calls {@code onEnd}, once, when the hash is worth nothing any more: logged out, expired, the password changed, the
     * user suspended or removed. On any node within a second; should the news be lost, within half a minute.
     *
     * @return to be run when nobody is to be told any more
     */
    public Runnable watch(HashOutcome.Known hash, Runnable onEnd) {
        return () -> {};
    }
}
