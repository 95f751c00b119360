package io.continuo.common.settings;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where and how the gateway listens.
 *
 * @param port HTTP, WebSocket and chat page; 0 takes a free one
 * @param adminPort health and metrics; 0 takes a free one
 * @param tls PEM files, both or none; then the port speaks HTTPS and WSS
 * @param publicUrl base of all {@code url} fields without a trailing slash; empty means from the request
 * @param allowedOrigins origins that may open sockets and call the API from a page; empty means all
 * @param pingSeconds how often an idle socket is pinged
 * @param drainDelaySeconds how long a stopping node goes on as before, so that a balancer notices that it is not ready
 * @param drainPerSecond how many sockets it then closes each second
 * @param drainSeconds within which it must have closed them, if need be faster
 * @param layer1Patch whether layer-1.0 sockets read {@code patch}, as the SDKs want, or {@code update}, as the pages say
 */
public record HttpSettings(
        String host,
        int port,
        int adminPort,
        Optional<Tls> tls,
        Optional<String> publicUrl,
        List<String> allowedOrigins,
        int pingSeconds,
        int drainDelaySeconds,
        int drainPerSecond,
        int drainSeconds,
        boolean layer1Patch) {

    /** @param cert path of the certificate chain; {@code key} of its private key, both PEM */
    public record Tls(String cert, String key) {}

    static HttpSettings read(Environment environment) {
        return new HttpSettings(
                environment.text("HOST", "127.0.0.1"),
                environment.number("PORT", 8080, 0, 65_535),
                environment.number("ADMIN_PORT", 9090, 0, 65_535),
                tls(environment),
                environment.optional("PUBLIC_URL").map(url -> baseUrl(environment, url)),
                environment.list("ALLOWED_ORIGINS"),
                environment.number("PING_SECONDS", 25, 1, 3_600),
                environment.number("DRAIN_DELAY_SECONDS", 0, 0, 3_600),
                environment.number("DRAIN_PER_SECOND", 500, 1, 1_000_000),
                environment.number("DRAIN_SECONDS", 4, 0, 3_600),
                environment
                        .choice("LAYER1_OPERATION", "patch", "patch", "update")
                        .equals("patch"));
    }

    /** The same, on another port. */
    public HttpSettings on(int otherPort) {
        return new HttpSettings(
                host,
                otherPort,
                adminPort,
                tls,
                publicUrl,
                allowedOrigins,
                pingSeconds,
                drainDelaySeconds,
                drainPerSecond,
                drainSeconds,
                layer1Patch);
    }

    private static Optional<Tls> tls(Environment environment) {
        Optional<String> cert = environment.optional("TLS_CERT");
        Optional<String> key = environment.optional("TLS_KEY");
        if (cert.isPresent() != key.isPresent()) {
            throw new SettingsException("CONTINUO_TLS_CERT and CONTINUO_TLS_KEY must be given together.");
        }
        return cert.flatMap(c -> key.map(k -> new Tls(c, k)));
    }

    private static String baseUrl(Environment environment, String url) {
        if (!url.matches("https?://[^/?#]+(/[^?#]*)?") || !isUri(url)) {
            throw environment.malformed("PUBLIC_URL", url, "an http or https URL without query");
        }
        return url.replaceAll("/+$", "");
    }

    private static boolean isUri(String url) {
        try {
            return URI.create(url).getHost() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
