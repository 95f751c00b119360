package io.continuo.gateway.http;

import io.continuo.gateway.dialect.Dialect;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which version an {@code Accept} header asks for: {@code application/vnd.layer+json; version=2.0}, read leniently. */
final class AcceptedDialect {
    private static final Pattern LAYER = Pattern.compile(
            "application/vnd\\.layer\\+json\\s*;[^,]*?version\\s*=\\s*\"?(\\d+(?:\\.\\d+)?)\"?",
            Pattern.CASE_INSENSITIVE);

    private AcceptedDialect() {}

    /** Empty when the header is missing, asks for no version, or for none that we speak. */
    static Optional<Dialect> of(@Nullable String accept) {
        return of(accept, Dialect::ofVersion);
    }

    /** The same for the Server API. */
    static Optional<Dialect> ofServer(@Nullable String accept) {
        return of(accept, Dialect::ofServerVersion);
    }

    private static Optional<Dialect> of(@Nullable String accept, Function<String, Optional<Dialect>> versions) {
        Matcher layer = LAYER.matcher(accept == null ? "" : accept);
        while (layer.find()) {
            Optional<Dialect> dialect = versions.apply(layer.group(1));
            if (dialect.isPresent()) {
                return dialect;
            }
        }
        return Optional.empty();
    }
}
