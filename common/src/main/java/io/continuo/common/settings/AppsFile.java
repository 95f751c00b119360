package io.continuo.common.settings;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the file that {@code CONTINUO_APPS} names: {@code {"apps": […]}}, each as docs/configuration.md describes it.
 * Paths in it start from the folder of the file.
 */
final class AppsFile {
    private static final String SETTING = "CONTINUO_APPS";
    private static final Set<String> PROPERTIES = Set.of(
            "tag",
            "ids",
            "providers",
            "keys",
            "secrets",
            "jwks",
            "algorithms",
            "session_ttl_seconds",
            "session_audience",
            "server_tokens",
            "suspended");

    private final Path file;

    private AppsFile(Path file) {
        this.file = file;
    }

    /** The apps in {@code file}, in its order. */
    static List<AppSettings> read(Path file) {
        try {
            return new AppsFile(file).apps(new JsonObject(Files.readString(file)));
        } catch (IOException unreadable) {
            throw new SettingsException(SETTING + ": cannot read " + file + ".");
        } catch (DecodeException malformed) {
            throw new SettingsException(SETTING + ": " + file + " is not a JSON object.");
        }
    }

    private List<AppSettings> apps(JsonObject content) {
        if (!(content.getValue("apps") instanceof JsonArray list) || content.size() != 1) {
            throw malformed("the file", "must be an object with a list, apps, and nothing else");
        }
        List<AppSettings> apps = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof JsonObject app)) {
                throw malformed("apps", "must be a list of objects");
            }
            apps.add(app(app));
        }
        return apps;
    }

    private AppSettings app(JsonObject app) {
        String tag = text(app, "tag").orElseThrow(() -> malformed("an app", "must have a tag"));
        if (!tag.matches("[a-z0-9-]{0,32}")) {
            throw malformed("tag", "must be at most 32 lower-case letters, digits and hyphens, not \"" + tag + "\"");
        }
        app.fieldNames().stream()
                .filter(name -> !PROPERTIES.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw malformed(name, "is no property of an app");
                });
        Set<String> ids = texts(app, "ids").stream().map(AppSettings::bareId).collect(Collectors.toUnmodifiableSet());
        if (ids.isEmpty() && !tag.isEmpty()) {
            throw malformed("app " + tag, "must have ids");
        }
        return new AppSettings(
                tag,
                ids,
                tokens(app),
                ttl(app),
                texts(app, "server_tokens").stream()
                        .map(token -> ServerToken.of(SETTING, token))
                        .toList(),
                flag(app, "suspended"));
    }

    private TokenSettings tokens(JsonObject app) {
        List<TokenKey> keys = new ArrayList<>();
        files(app, "keys").forEach(entry -> keys.add(TokenKey.ofPem(SETTING, entry.id, entry.path)));
        files(app, "secrets").forEach(entry -> keys.add(TokenKey.ofSecret(SETTING, entry.id, entry.path)));
        if (keys.stream().map(TokenKey::id).distinct().count() != keys.size()) {
            throw malformed("keys", "and secrets must not share an id");
        }
        return new TokenSettings(
                texts(app, "providers"),
                List.copyOf(keys),
                texts(app, "jwks").stream().map(text -> url(SETTING, text)).toList(),
                algorithms(app),
                text(app, "session_audience").filter(audience -> !audience.isBlank()));
    }

    private static Set<TokenAlgorithm> algorithms(JsonObject app) {
        Set<TokenAlgorithm> algorithms = EnumSet.noneOf(TokenAlgorithm.class);
        texts(app, "algorithms")
                .forEach(name -> algorithms.add(TokenAlgorithm.of(name)
                        .orElseThrow(() -> malformed("algorithms", "are RS256, ES256, EdDSA and HS256"))));
        return algorithms.isEmpty() ? Set.of(TokenAlgorithm.values()) : Set.copyOf(algorithms);
    }

    private static int ttl(JsonObject app) {
        Object given = app.getValue("session_ttl_seconds", AppSettings.USUAL_TTL);
        if (given instanceof Integer seconds
                && seconds >= AppSettings.SHORTEST_TTL
                && seconds <= AppSettings.LONGEST_TTL) {
            return seconds;
        }
        throw malformed("session_ttl_seconds", "must be a whole number from 30 to 31536000");
    }

    /** A key's id and its file. */
    private record KeyFile(String id, Path path) {}

    private List<KeyFile> files(JsonObject app, String name) {
        if (!(app.getValue(name, new JsonObject()) instanceof JsonObject files)) {
            throw malformed(name, "must be an object of key ids and paths");
        }
        return files.stream()
                .map(entry -> {
                    if (entry.getValue() instanceof String path && !path.isBlank()) {
                        return new KeyFile(entry.getKey(), file.toAbsolutePath().resolveSibling(path));
                    }
                    throw malformed(name, "must be an object of key ids and paths");
                })
                .toList();
    }

    /** @throws SettingsException when {@code text} is no URL that keys can be fetched from */
    static URI url(String setting, String text) {
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
                return url;
            }
        } catch (IllegalArgumentException malformed) {
            // said below
        }
        throw new SettingsException(
                setting + ": \"" + text + "\" must be an http or https URL that publishes a key set.");
    }

    private static Optional<String> text(JsonObject app, String name) {
        return switch (app.getValue(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw malformed(name, "must be text");
        };
    }

    private static List<String> texts(JsonObject app, String name) {
        if (app.getValue(name, new JsonArray()) instanceof JsonArray list
                && list.stream().allMatch(each -> each instanceof String text && !text.isBlank())) {
            return list.stream().map(String.class::cast).toList();
        }
        throw malformed(name, "must be a list of texts");
    }

    private static boolean flag(JsonObject app, String name) {
        if (app.getValue(name, false) instanceof Boolean flag) {
            return flag;
        }
        throw malformed(name, "must be true or false");
    }

    private static SettingsException malformed(String what, String must) {
        return new SettingsException(SETTING + ": " + what + " " + must + ".");
    }
}
