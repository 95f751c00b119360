package io.continuo.gateway.http;

import io.continuo.gateway.dialect.Dialect;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which version an {@code Accept} header asks for: {@code application/vnd.layer+json; version=2.0}, read leniently. */
final class AcceptedDialect {
    private static final Pattern LAYER = pattern("layer");
    private static final Pattern WEBHOOKS = pattern("layer\\.webhooks");

    private AcceptedDialect() {}

    /** Empty when the header is missing, asks for no version, or for none that we speak. */
    static Optional<Dialect> of(@Nullable String accept) {
        return of(accept, LAYER, Dialect::ofVersion);
    }

    /** The same for the Server API. */
    static Optional<Dialect> ofServer(@Nullable String accept) {
        return of(accept, LAYER, Dialect::ofServerVersion);
    }

    /** The same for webhooks: {@code application/vnd.layer.webhooks+json; version=2.0}. */
    static Optional<Dialect> ofWebhooks(@Nullable String accept) {
        return of(accept, WEBHOOKS, Dialect::ofVersion);
    }

    private static Pattern pattern(String what) {
        return Pattern.compile(
                "application/vnd\\." + what + "\\+json\\s*;[^,]*?version\\s*=\\s*\"?(\\d+(?:\\.\\d+)?)\"?",
                Pattern.CASE_INSENSITIVE);
    }

    private static Optional<Dialect> of(
            @Nullable String accept, Pattern type, Function<String, Optional<Dialect>> versions) {
        Matcher layer = type.matcher(accept == null ? "" : accept);
        while (layer.find()) {
            Optional<Dialect> dialect = versions.apply(layer.group(1));
            if (dialect.isPresent()) {
                return dialect;
            }
        }
        return Optional.empty();
    }
}
