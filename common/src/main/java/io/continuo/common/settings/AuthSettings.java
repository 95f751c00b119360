package io.continuo.common.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may come in.
 *
 * @param apps that share this deployment
 * @param sessionSecret signs session tokens, at least 32 characters, the same on all nodes; empty is for the one-process
 *     mode, which makes and keeps one
 * @param devLogin whether anyone may log in as anyone, for development
 * @param passwordRounds how much work it is to try a password
 */
public record AuthSettings(Apps apps, Optional<String> sessionSecret, Optional<Boolean> devLogin, int passwordRounds) {

    private static final int SHORTEST_SECRET = 32;
    private static final List<String> OF_THE_DEFAULT_APP =
            List.of("APP_ID", "PROVIDERS", "IDENTITY_KEYS", "IDENTITY_JWKS", "SESSION_TTL", "SERVER_TOKENS");

    static AuthSettings read(Environment environment) {
        Optional<String> secret = environment.optional("SESSION_SECRET");
        if (secret.filter(value -> value.length() < SHORTEST_SECRET).isPresent()) {
            throw new SettingsException(
                    "CONTINUO_SESSION_SECRET must have at least " + SHORTEST_SECRET + " characters.");
        }
        return new AuthSettings(
                apps(environment),
                secret,
                environment.optional("DEV_LOGIN").map(given -> environment.flag("DEV_LOGIN", false)),
                environment.number("PASSWORD_ROUNDS", 210_000, 10_000, 10_000_000));
    }

    /** The same, with what the one-process mode provides by itself. */
    public AuthSettings with(String secret, boolean developmentLogin) {
        return new AuthSettings(apps, Optional.of(secret), Optional.of(developmentLogin), passwordRounds);
    }

    @Override
    public String toString() {
        return "AuthSettings[" + apps.all() + "]";
    }

    private static Apps apps(Environment environment) {
        AppSettings byVariables = defaultApp(environment);
        List<AppSettings> inFile = environment
                .optional("APPS")
                .map(file -> AppsFile.read(Path.of(file)))
                .orElse(List.of());
        if (inFile.stream().noneMatch(AppSettings::isDefault)) {
            List<AppSettings> all = new ArrayList<>(List.of(byVariables));
            all.addAll(inFile);
            return new Apps(all);
        }
        OF_THE_DEFAULT_APP.stream()
                .filter(name -> environment.optional(name).isPresent())
                .findFirst()
                .ifPresent(name -> {
                    throw new SettingsException(
                            "CONTINUO_APPS describes the default app, so CONTINUO_" + name + " must not be set.");
                });
        return new Apps(inFile);
    }

    private static AppSettings defaultApp(Environment environment) {
        TokenSettings tokens = new TokenSettings(
                environment.list("PROVIDERS"),
                keys(environment),
                environment.list("IDENTITY_JWKS").stream()
                        .map(url -> AppsFile.url("CONTINUO_IDENTITY_JWKS", url))
                        .toList(),
                Set.of(TokenAlgorithm.values()),
                Optional.empty());
        return new AppSettings(
                "",
                environment
                        .optional("APP_ID")
                        .map(AppSettings::bareId)
                        .map(Set::of)
                        .orElse(Set.of()),
                tokens,
                environment.number(
                        "SESSION_TTL", AppSettings.USUAL_TTL, AppSettings.SHORTEST_TTL, AppSettings.LONGEST_TTL),
                environment.list("SERVER_TOKENS").stream()
                        .map(token -> ServerToken.of("CONTINUO_SERVER_TOKENS", token))
                        .toList(),
                false);
    }

    private static List<TokenKey> keys(Environment environment) {
        List<TokenKey> keys = new ArrayList<>();
        for (String entry : environment.list("IDENTITY_KEYS")) {
            int equals = entry.indexOf('=');
            if (equals <= 0) {
                throw environment.malformed("IDENTITY_KEYS", entry, "a list of <key id>=<PEM file>");
            }
            Path file = Path.of(entry.substring(equals + 1));
            keys.add(TokenKey.ofPem("CONTINUO_IDENTITY_KEYS", entry.substring(0, equals), file));
        }
        return List.copyOf(keys);
    }
}
