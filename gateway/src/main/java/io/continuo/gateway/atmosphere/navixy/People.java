package io.continuo.gateway.atmosphere.navixy;

import io.continuo.common.event.Position;
import java.util.List;
import java.util.Optional;

/** What a client wants to be told of its user's people, in words of our own beside Navixy's (docs/protocol.md). */
record People(Optional<Messages> messages, Optional<Presence> presence) {
    static final String MESSAGES = "messages";
    static final String PRESENCE = "presence";

    static final People NONE = new People(Optional.empty(), Optional.empty());

    /**
     * What a Layer socket of the user is told.
     *
     * @param since where the client was; empty for wherever it is, or else from now on
     */
    record Messages(Optional<Position> since) {}

    /**
     * How people are whom the user follows, and the user.
     *
     * @param only these, by their ids on the wire; empty for all
     */
    record Presence(List<String> only) {
        Presence {
            only = List.copyOf(only);
        }
    }

    People with(Messages wanted) {
        return new People(Optional.of(wanted), presence);
    }

    People with(Presence wanted) {
        return new People(messages, Optional.of(wanted));
    }
}
