package io.continuo.gateway.socket.frame;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** What every request to become a WebSocket has to fulfil, whatever is then spoken there (RFC 6455 §4.2.1). */
public final class HandshakeRules {
    /** The only version there is. */
    public static final String VERSION = "13";

    private static final int KEY_BYTES = 16;

    private HandshakeRules() {}

    /** Whether {@code request} is meant to become a WebSocket at all. */
    public static boolean isMeant(HttpServerRequest request) {
        return request.headers().contains("Upgrade", "websocket", true);
    }

    public static boolean isOfOurVersion(HttpServerRequest request) {
        return VERSION.equals(request.getHeader("Sec-WebSocket-Version"));
    }

    /** Whether everything else about it is as it must be. */
    public static boolean isSound(HttpServerRequest request) {
        return request.method() == HttpMethod.GET
                && request.version() == HttpVersion.HTTP_1_1
                && request.getHeader("Host") != null
                && tokens(request, "Connection").stream().anyMatch("upgrade"::equalsIgnoreCase)
                && request.headers().getAll("Sec-WebSocket-Key").size() == 1
                && isKey(request.getHeader("Sec-WebSocket-Key"));
    }

    /** What stands between the commas, in all lines of a header. */
    public static List<String> tokens(HttpServerRequest request, String header) {
        return request.headers().getAll(header).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .toList();
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
