package io.continuo.gateway.socket;

import io.continuo.common.event.Position;
import io.continuo.gateway.dialect.Dialect;
import io.continuo.gateway.socket.frame.HandshakeRules;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request to become a WebSocket says, as far as it concerns everyone alike (RFC 6455 §4.2, protocol/layer.md §4). */
sealed interface Handshake {

    /** @param since the position from which the client resumes */
    record Valid(Dialect dialect, Optional<Position> since) implements Handshake {}

    record Refused(int status, String reason) implements Handshake {}

    /** Whether this is such a request at all. */
    static boolean isMeant(HttpServerRequest request) {
        return HandshakeRules.isMeant(request);
    }

    /** @param allowedOrigins empty means all */
    static Handshake of(HttpServerRequest request, List<String> allowedOrigins) {
        if (!Checks.isPath(request.path())) {
            return new Refused(404, "No socket here.");
        }
        if (!HandshakeRules.isOfOurVersion(request)) {
            return new Refused(426, "The WebSocket version must be 13.");
        }
        if (!HandshakeRules.isSound(request)) {
            return new Refused(400, "Not a WebSocket handshake.");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !allowedOrigins.isEmpty() && !allowedOrigins.contains(origin)) {
            return new Refused(403, "This origin is not allowed.");
        }
        return Checks.terms(request);
    }

    /** The single conditions. */
    final class Checks {
        private static final Set<String> PATHS = Set.of("/", "/websocket", "/websocket/");

        private Checks() {}

        private static boolean isPath(@Nullable String path) {
            return path != null && PATHS.contains(path);
        }

        private static Handshake terms(HttpServerRequest request) {
            Optional<Dialect> dialect = HandshakeRules.tokens(request, "Sec-WebSocket-Protocol").stream()
                    .flatMap(token -> Dialect.ofSubprotocol(token).stream())
                    .findFirst();
            if (dialect.isEmpty()) {
                return new Refused(400, "The subprotocol must be one of layer-1.0, layer-2.0, layer-3.0.");
            }
            String since = request.getParam("since");
            Optional<Position> position = Optional.ofNullable(since).flatMap(Position::parse);
            return since != null && position.isEmpty()
                    ? new Refused(400, "since is malformed.")
                    : new Valid(dialect.get(), position);
        }
    }
}
