package io.continuo.gateway.socket.feed;

import io.continuo.gateway.socket.metrics.SocketMetrics;

/** Tells the metrics when a client is behind its history, and how much was read for it until it no longer was. */
final class Lag {
    private final SocketMetrics metrics;
    private boolean behind;
    private long replayed;

    Lag(SocketMetrics metrics) {
        this.metrics = metrics;
    }

    void replayed(int positions) {
        replayed += positions;
    }

    void is(boolean isBehind) {
        if (isBehind == behind) {
            return;
        }
        behind = isBehind;
        metrics.behind(isBehind);
        if (!isBehind && replayed > 0) {
            metrics.replayed(replayed);
            replayed = 0;
        }
    }
}
