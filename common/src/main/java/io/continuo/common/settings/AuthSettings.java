package io.continuo.common.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may come in.
 *
 * @param appId the app that clients must name, as URI or bare UUID; empty lets any name pass
 * @param providers accepted {@code iss} of identity tokens; empty accepts any issuer whose key is known
 * @param identityKeys key id → PEM file of the RSA public key that signs identity tokens
 * @param sessionSecret signs session tokens, at least 32 characters, the same on all nodes; empty is for the one-process
 *     mode, which makes and keeps one
 * @param sessionTtlSeconds life of a session, 30 seconds to a year
 * @param devLogin whether anyone may log in as anyone, for development
 */
public record AuthSettings(
        Optional<String> appId,
        List<String> providers,
        Map<String, Path> identityKeys,
        Optional<String> sessionSecret,
        int sessionTtlSeconds,
        Optional<Boolean> devLogin) {

    private static final int SHORTEST_SECRET = 32;

    static AuthSettings read(Environment environment) {
        Optional<String> secret = environment.optional("SESSION_SECRET");
        if (secret.filter(value -> value.length() < SHORTEST_SECRET).isPresent()) {
            throw new SettingsException(
                    "CONTINUO_SESSION_SECRET must have at least " + SHORTEST_SECRET + " characters.");
        }
        return new AuthSettings(
                environment.optional("APP_ID"),
                environment.list("PROVIDERS"),
                keys(environment),
                secret,
                environment.number("SESSION_TTL", 14 * 24 * 3600, 30, 31_536_000),
                environment.optional("DEV_LOGIN").map(given -> environment.flag("DEV_LOGIN", false)));
    }

    /** The same, with what the one-process mode provides by itself. */
    public AuthSettings with(String secret, boolean developmentLogin) {
        return new AuthSettings(
                appId, providers, identityKeys, Optional.of(secret), sessionTtlSeconds, Optional.of(developmentLogin));
    }

    private static Map<String, Path> keys(Environment environment) {
        Map<String, Path> keys = new LinkedHashMap<>();
        for (String entry : environment.list("IDENTITY_KEYS")) {
            int equals = entry.indexOf('=');
            if (equals <= 0) {
                throw environment.malformed("IDENTITY_KEYS", entry, "a list of <key id>=<PEM file>");
            }
            keys.put(entry.substring(0, equals), Path.of(entry.substring(equals + 1)));
        }
        return keys;
    }
}
