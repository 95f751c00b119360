package io.continuo.messaging.webhook.http;

import io.continuo.common.settings.WebhookSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Which URLs may be the target of a webhook. */
public final class Target {
    private static final int LONGEST = 2_048;

    private Target() {}

    /** Why {@code url} cannot be a target; empty when it can. Where its name leads is seen when it is called. */
    public static Optional<String> fault(String url, WebhookSettings settings) {
        if (url.length() > LONGEST) {
            return Optional.of("The URL is longer than " + LONGEST + " characters.");
        }
        try {
            return fault(new URI(url), settings);
        } catch (URISyntaxException malformed) {
            return Optional.of("This is not a URL.");
        }
    }

    private static Optional<String> fault(URI uri, WebhookSettings settings) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean http = scheme.equals("http");
        if (!http && !scheme.equals("https")) {
            return Optional.of("The URL must be https.");
        }
        if (http && !settings.allowHttp().orElse(false)) {
            return Optional.of("The URL must be https; http is not allowed here.");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
            return Optional.of("The URL names no host.");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return Optional.of("The URL must have neither user nor fragment.");
        }
        return Optional.empty();
    }

    static int port(URI uri) {
        return uri.getPort() > 0 ? uri.getPort() : isTls(uri) ? 443 : 80;
    }

    static boolean isTls(URI uri) {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    /** Path and query, and {@code added} to the query if it is not empty. */
    static String path(URI uri, String added) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery();
        String all = query == null ? added : added.isEmpty() ? query : query + "&" + added;
        return all.isEmpty() ? path : path + "?" + all;
    }
}
