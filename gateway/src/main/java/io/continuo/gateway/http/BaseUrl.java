package io.continuo.gateway.http;

import io.continuo.common.settings.HttpSettings;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the {@code url} fields of one client's objects start: the configured public URL, or else what the client itself
 * asked: its {@code Host}, and its scheme, for which a proxy that ends TLS may speak by {@code X-Forwarded-Proto}. Whoever
 * forges these headers only spoils the links in their own answers, so no list of trusted proxies is needed; another host
 * name than the client's ({@code X-Forwarded-Host}) is never believed.
 */
public final class BaseUrl {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._~-]{1,255}(:\\d{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:\\d{1,5})?");
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final String UNKNOWN_HOST = "localhost";

    private final HttpSettings settings;

    public BaseUrl(HttpSettings settings) {
        this.settings = settings;
    }

    public String of(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return of(request.headers(), request.isSSL(), authority == null ? null : authority.toString());
    }

    /** The same, for a handshake that is not (yet) a request. */
    public String of(MultiMap headers, boolean tls) {
        return of(headers, tls, headers.get(HttpHeaders.HOST));
    }

    private String of(MultiMap headers, boolean tls, @Nullable String host) {
        return settings.publicUrl().orElseGet(() -> scheme(headers, tls) + "://" + host(host));
    }

    private static String scheme(MultiMap headers, boolean tls) {
        String forwarded = headers.get("X-Forwarded-Proto");
        String scheme = forwarded == null ? "" : forwarded.strip().toLowerCase(Locale.ROOT);
        return SCHEMES.contains(scheme) ? scheme : tls ? "https" : "http";
    }

    private static String host(@Nullable String host) {
        return host != null && HOST.matcher(host).matches() ? host : UNKNOWN_HOST;
    }
}
