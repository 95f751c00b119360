package io.continuo.gateway.socket.presence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.continuo.common.event.Signal;
import io.continuo.gateway.dialect.Renderer;
import java.util.IdentityHashMap;

/** A signal and how it looks, written once per dialect. Belongs to one event loop. */
public final class SignalRendering {
    private final Signal signal;
    private final IdentityHashMap<Renderer, byte[]> bodies = new IdentityHashMap<>(4);

    public SignalRendering(Signal signal) {
        this.signal = signal;
    }

    public Signal signal() {
        return signal;
    }

    /** In UTF-8, and shared: to be read only. */
    public byte[] body(Renderer renderer) {
        return bodies.computeIfAbsent(renderer, each -> each.signalBody(signal).getBytes(UTF_8));
    }
}
