package io.continuo.gateway.atmosphere.wire;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a request's query says; the names' case does not matter, and none of them is required (protocol/atmosphere.md §2.1).
 *
 * @param trackingId empty for none yet
 * @param major version of the client's library; 0 when it does not tell
 * @param protocol whether the client waits for a hello
 * @param framed whether every text is to be preceded by its length
 * @param callback the function to call with the answer, for {@link Kind#JSONP}
 */
public record Parameters(Kind kind, String trackingId, int major, boolean protocol, boolean framed, String callback) {
    private static final Pattern TRACKING_ID = Pattern.compile("[A-Za-z0-9._~-]{2,128}");
    private static final Pattern MAJOR = Pattern.compile("(\\d{1,4})\\..*");
    private static final Pattern CALLBACK = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.]{0,63}");

    public static Parameters of(HttpServerRequest request) {
        MultiMap query = request.params();
        Kind kind = Kind.of(text(query, "X-Atmosphere-Transport"));
        String given = matching(TRACKING_ID, text(query, "X-Atmosphere-tracking-id"));
        return new Parameters(
                kind,
                given.isEmpty() && kind == Kind.SSE
                        ? matching(TRACKING_ID, text(request.headers(), "Last-Event-ID"))
                        : given,
                major(text(query, "X-Atmosphere-Framework")),
                isTrue(query, "X-atmo-protocol"),
                isTrue(query, "X-Atmosphere-TrackMessageSize"),
                matching(CALLBACK, text(query, "jsonpTransport")));
    }

    private static int major(String framework) {
        var matcher = MAJOR.matcher(framework);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static String matching(Pattern form, String text) {
        return form.matcher(text).matches() ? text : "";
    }

    private static boolean isTrue(MultiMap query, String name) {
        return text(query, name).equalsIgnoreCase("true");
    }

    private static String text(MultiMap query, String name) {
        return Objects.requireNonNullElse(query.get(name), "").strip();
    }
}
