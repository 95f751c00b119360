package io.continuo.gateway.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.continuo.common.event.Signal;
import io.continuo.gateway.dialect.Renderer;
import java.util.IdentityHashMap;

/** A signal and how it looks, written once per dialect. Belongs to one event loop. */
final class SignalRendering {
    private final Signal signal;
    private final IdentityHashMap<Renderer, byte[]> bodies = new IdentityHashMap<>(4);

    SignalRendering(Signal signal) {
        this.signal = signal;
    }

    Signal signal() {
        return signal;
    }

    boolean isPresence() {
        return signal instanceof Signal.Presence;
    }

    /** In UTF-8, and shared: to be read only. */
    byte[] body(Renderer renderer) {
        return bodies.computeIfAbsent(renderer, each -> each.signalBody(signal).getBytes(UTF_8));
    }
}
