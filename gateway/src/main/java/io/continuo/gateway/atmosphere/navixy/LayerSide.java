package io.continuo.gateway.atmosphere.navixy;

import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.gateway.auth.Session;
import io.continuo.gateway.dialect.Dialect;
import io.continuo.gateway.dialect.Renderer;
import io.continuo.gateway.dialect.Renderers;
import io.continuo.gateway.login.HashOutcome;
import io.continuo.gateway.socket.Loop;

/** Where the histories of an event loop's users come from, and how others are. */
public record LayerSide(Loop loop, ServiceClient services, Renderers renderers) {

    /** What comes is written as for Layer's latest clients. */
    Renderer renderer(String base) {
        return renderers.of(Dialect.LAYER_3_0, base);
    }

    /** A login as Layer's side knows it. API keys do not end with the other logins of their user. */
    static Session session(HashOutcome.Known login) {
        long began = login.apiKey() ? Long.MAX_VALUE : login.beganMs();
        return new Session(login.user(), login.key(), began, login.expiresAtMs(), Session.Origin.OURS);
    }

    /** What a service that has not done something says. */
    static Fault.Thrown refusal(Reply reply) {
        return reply instanceof Reply.Failure failure
                ? Fault.of(failure).thrown()
                : new Fault(6, "Unexpected error", "").thrown();
    }
}
