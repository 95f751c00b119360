package io.continuo.gateway.http;

import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.dialect.Links;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The root, which tells whether a session lives, and the ping, which tells whether we do (protocol/layer.md §13.2). */
final class RootRoutes {
    private final SessionGate gate;
    private final ChatPage page;

    RootRoutes(SessionGate gate, ChatPage page) {
        this.gate = gate;
        this.page = page;
    }

    void addTo(Endpoints endpoints) {
        endpoints
                .open(HttpMethod.GET, "/", this::root)
                .open(HttpMethod.HEAD, "/ping", call -> call.empty(200))
                .open(HttpMethod.GET, "/ping", call -> call.empty(200));
    }

    /** The {@code Link} header of a new session (§3.4). */
    static String linksOfASession(Links links) {
        return header(Map.of(
                "conversations", links.conversations(), "content", links.content(), "websocket", links.websocket()));
    }

    private static String linksOfTheRoot(Links links) {
        return header(Map.of(
                "nonces", links.nonces(),
                "sessions", links.sessions(),
                "conversations", links.conversations(),
                "content", links.content()));
    }

    /** A client whose upgrade was refused learns here whether its session is to blame, so never a 404 (§4.3). */
    private Future<?> root(Call call) {
        if (Authenticator.tokenOf(call.request()).isPresent()
                || call.request().headers().contains(HttpHeaders.AUTHORIZATION)) {
            return gate.admit(call.request()).compose(session -> call.json(200, "{}"));
        }
        if (prefersHtml(call.request().getHeader(HttpHeaders.ACCEPT))) {
            return page.send(call);
        }
        call.headers().set("Link", linksOfTheRoot(call.links()));
        return call.json(200, "{}");
    }

    private static boolean prefersHtml(@Nullable String accept) {
        String asked = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
        return asked.contains("text/html") && !asked.contains("application/vnd.layer");
    }

    private static String header(Map<String, String> links) {
        return new TreeMap<>(links)
                .entrySet().stream()
                        .map(link -> "<" + link.getValue() + ">; rel=" + link.getKey())
                        .collect(Collectors.joining(", "));
    }
}
