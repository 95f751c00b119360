package io.continuo.gateway.auth;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where clients put their session token (protocol/layer.md §3.5, §4.1). */
final class PresentedToken {
    private static final String PARAMETER = "session_token=";
    private static final String PROTOCOL = "session-token.";
    private static final Pattern HEADER = Pattern.compile(
            "(?:layer\\s+session-token\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"']+)))|(?:bearer\\s+(\\S+))",
            Pattern.CASE_INSENSITIVE);

    private PresentedToken() {}

    static Optional<String> in(@Nullable String query, MultiMap headers) {
        return inQuery(query)
                .or(() -> inHeader(headers.get(HttpHeaders.AUTHORIZATION)))
                .or(() -> inProtocols(headers.getAll("Sec-WebSocket-Protocol")));
    }

    /** Browsers let pages set nothing else of an upgrade, and what is in a URL is written down in too many places. */
    private static Optional<String> inProtocols(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .filter(protocol -> protocol.startsWith(PROTOCOL))
                .map(protocol -> protocol.substring(PROTOCOL.length()))
                .filter(token -> !token.isEmpty())
                .findFirst();
    }

    /** Tokens are URL-safe as they are, so nothing needs decoding (§3.4). */
    private static Optional<String> inQuery(@Nullable String query) {
        return query == null
                ? Optional.empty()
                : Arrays.stream(query.split("&"))
                        .filter(parameter -> parameter.startsWith(PARAMETER))
                        .map(parameter -> parameter.substring(PARAMETER.length()))
                        .filter(token -> !token.isEmpty())
                        .findFirst();
    }

    private static Optional<String> inHeader(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher matcher = HEADER.matcher(header.strip());
        return matcher.matches() ? firstGroup(matcher).filter(token -> !token.isEmpty()) : Optional.empty();
    }

    private static Optional<String> firstGroup(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            String token = matcher.group(group);
            if (token != null) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }
}
