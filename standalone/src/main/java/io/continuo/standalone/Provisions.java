package io.continuo.standalone;

import io.continuo.common.settings.AuthSettings;
import io.continuo.common.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** What the one-process mode provides by itself where nothing is set. */
final class Provisions {
    private Provisions() {}

    /**
     * The settings to run with: a session secret, the development login and
     * webhooks to anywhere unless it is production, a port if any will do.
     *
     * @throws StartException when it is production and something is fit for development only
     */
    static Settings complete(Settings given) {
        AuthSettings auth = given.auth();
        boolean production = given.node().production();
        boolean devLogin = auth.devLogin().orElse(!production);
        if (production && auth.sessionSecret().isEmpty()) {
            throw new StartException("CONTINUO_PROFILE is production, so CONTINUO_SESSION_SECRET must be set.");
        }
        if (production && devLogin) {
            throw new StartException("CONTINUO_PROFILE is production, so CONTINUO_DEV_LOGIN must not be true.");
        }
        String secret = auth.sessionSecret()
                .orElseGet(() -> SessionSecret.keep(given.node().dataDir()));
        Settings complete = given.with(auth.with(secret, devLogin))
                .with(given.webhooks().otherwise(!production));
        return given.http().port() == 0 ? complete.with(given.http().on(freePort())) : complete;
    }

    /** All loops of the gateway must listen on the same port, so it is chosen before they start. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new StartException("There is no free port: " + none);
        }
    }
}
