package io.continuo.gateway.socket;

import io.continuo.common.event.Signal;
import io.continuo.gateway.dialect.Renderer;
import java.util.IdentityHashMap;

/** A signal and how it looks, written once per dialect. Belongs to one event loop. */
final class SignalRendering {
    private final Signal signal;
    private final IdentityHashMap<Renderer, String> bodies = new IdentityHashMap<>(4);

    SignalRendering(Signal signal) {
        this.signal = signal;
    }

    Signal signal() {
        return signal;
    }

    boolean isPresence() {
        return signal instanceof Signal.Presence;
    }

    String body(Renderer renderer) {
        return bodies.computeIfAbsent(renderer, each -> each.signalBody(signal));
    }
}
