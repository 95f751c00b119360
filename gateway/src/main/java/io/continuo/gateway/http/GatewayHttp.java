package io.continuo.gateway.http;

import io.continuo.common.bus.ServiceClient;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.dialect.Renderers;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** Wires everything that answers HTTP on one event loop. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class GatewayHttp {
    private GatewayHttp() {}

    /** The renderers of one event loop, for its routes and its sockets. */
    public static Renderers renderers(Settings settings) {
        throw new UnsupportedOperationException();
    }

    /** All routes; upgrades to sockets are not among them. */
    public static Router router(
            Vertx vertx, Settings settings, ServiceClient services, Authenticator authenticator, Renderers renderers) {
        throw new UnsupportedOperationException();
    }
}
