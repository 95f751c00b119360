package io.continuo.gateway.socket;

import io.continuo.gateway.dialect.Renderer;
import io.continuo.gateway.socket.feed.Feed;
import io.continuo.gateway.socket.frame.SocketWriter;
import io.continuo.gateway.socket.presence.Sightings;
import io.continuo.gateway.socket.presence.SignalRendering;

/** Where a client sees how others are: after what its history holds, and when its socket has room. */
record Sight(Feed feed, SocketWriter writer, Renderer renderer) implements Sightings.Sink {
    @Override
    public boolean isReady() {
        return feed.isLive() && !writer.isFull();
    }

    @Override
    public void write(SignalRendering sighting) {
        writer.ephemeralChange(sighting.body(renderer));
    }
}
