package io.continuo.common.node;

import io.continuo.common.settings.AuthSettings;
import io.continuo.common.settings.HttpSettings;
import io.continuo.common.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What roles have in common when they complete their settings. */
public final class Provisions {
    /** So begin secrets that everybody can read, such as that of the compose file. */
    private static final String DEVELOPMENT = "development";

    private Provisions() {}

    /**
     * @throws StartException when it is production and something is fit for development only
     */
    public static void refuseDevelopmentInProduction(Settings given, boolean devLogin) {
        if (!given.node().production()) {
            return;
        }
        String secret = given.auth().sessionSecret().orElse("");
        if (secret.isEmpty()) {
            throw new StartException("CONTINUO_PROFILE is production, so CONTINUO_SESSION_SECRET must be set.");
        }
        if (secret.startsWith(DEVELOPMENT)) {
            throw new StartException("CONTINUO_PROFILE is production, so CONTINUO_SESSION_SECRET must be a secret of"
                    + " your own, not one that begins with \"" + DEVELOPMENT + "\".");
        }
        if (devLogin) {
            throw new StartException("CONTINUO_PROFILE is production, so CONTINUO_DEV_LOGIN must not be true.");
        }
    }

    /**
     * What any process of a cluster needs.
     *
     * @throws StartException when it was not given
     */
    public static Settings ofCluster(Settings given) {
        if (given.redis().uri().isEmpty()) {
            throw new StartException("CONTINUO_REDIS must be set: all processes of a cluster share one Redis.");
        }
        return given;
    }

    /**
     * What a gateway of a cluster needs.
     *
     * @throws StartException when it was not given, or is not fit for production
     */
    public static Settings ofGateway(Settings given) {
        Settings settings = ofCluster(given);
        AuthSettings auth = settings.auth();
        boolean devLogin = auth.devLogin().orElse(false);
        refuseDevelopmentInProduction(given, devLogin);
        String secret = auth.sessionSecret()
                .orElseThrow(() -> new StartException(
                        "CONTINUO_SESSION_SECRET must be set: all gateways of a cluster share one secret."));
        return withPort(settings.with(auth.with(secret, devLogin)));
    }

    /**
     * All loops of a gateway must listen on the same port: when any will do, it is chosen before they start.
     *
     * @throws StartException when none of those tried is free
     */
    public static Settings withPort(Settings given) {
        HttpSettings http = given.http();
        return http.port() == 0 ? given.with(http.on(freePort())) : given;
    }

    /** It is below those that systems give to outgoing connections, so that none of them takes it meanwhile. */
    private static int freePort() {
        for (int tries = 0; tries < 1_000; tries++) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // another one
            }
        }
        throw new StartException("There is no free port between 12000 and 32000.");
    }

    /** Where people reach what listens on {@code port}. */
    public static String address(HttpSettings http, boolean tls, int port) {
        String host = List.of("127.0.0.1", "0.0.0.0", "::", "::1").contains(http.host()) ? "localhost" : http.host();
        return (tls ? "https" : "http") + "://" + host + ":" + port;
    }
}
