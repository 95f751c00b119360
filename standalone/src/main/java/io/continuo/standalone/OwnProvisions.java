package io.continuo.standalone;

import io.continuo.common.node.Provisions;
import io.continuo.common.settings.AuthSettings;
import io.continuo.common.settings.Settings;

/** What the one-process mode provides by itself where nothing is set. */
final class OwnProvisions {
    private OwnProvisions() {}

    /**
     * The settings to run with: a session secret, the development login and
     * webhooks to anywhere unless it is production, a port if any will do.
     *
     * @throws io.continuo.common.node.StartException when it is production and something is fit for development only
     */
    static Settings complete(Settings given) {
        AuthSettings auth = given.auth();
        boolean devLogin = auth.devLogin().orElse(!given.node().production());
        Provisions.refuseDevelopmentInProduction(given, devLogin);
        String secret = auth.sessionSecret()
                .orElseGet(() -> SessionSecret.keep(given.node().dataDir()));
        return Provisions.withPort(given.with(auth.with(secret, devLogin))
                .with(given.webhooks().otherwise(!given.node().production())));
    }
}
