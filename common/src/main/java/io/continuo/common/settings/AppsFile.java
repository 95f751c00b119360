package io.continuo.common.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file that {@code CONTINUO_APPS} names: {@code {"apps": […]}}, each as docs/configuration.md describes it.
 * Paths in it start from the folder of the file.
 */
final class AppsFile {
    private static final String SETTING = "CONTINUO_APPS";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;

    private AppsFile(Path file) {
        this.file = file;
    }

    /** The file as it is written. */
    private record Content(@Nullable List<@Nullable App> apps) {}

    /** An app as it is written. */
    private record App(
            @Nullable String tag,
            @Nullable List<String> ids,
            @Nullable List<String> providers,
            @Nullable Map<String, String> keys,
            @Nullable Map<String, String> secrets,
            @Nullable List<String> jwks,
            @Nullable List<String> algorithms,
            @Nullable Integer sessionTtlSeconds,
            @Nullable String sessionAudience,
            @Nullable List<String> serverTokens,
            boolean suspended) {}

    /** The apps in {@code file}, in its order. */
    static List<AppSettings> read(Path file) {
        return new AppsFile(file).apps();
    }

    private List<AppSettings> apps() {
        Content content = content();
        if (content == null || content.apps == null) {
            throw malformed("the file must be an object with a list, apps");
        }
        List<AppSettings> apps = new ArrayList<>();
        for (App each : content.apps) {
            if (each == null || each.tag == null) {
                throw malformed("each app must have a tag");
            }
            apps.add(app(each.tag, each));
        }
        return apps;
    }

    private @Nullable Content content() {
        try {
            return MAPPER.readValue(Files.readString(file), Content.class);
        } catch (UnrecognizedPropertyException unknown) {
            throw malformed(path(unknown) + " is not known");
        } catch (JsonMappingException wrong) {
            throw malformed(path(wrong) + " is not as it must be");
        } catch (JsonProcessingException broken) {
            throw malformed(file + " is not JSON" + line(broken));
        } catch (IOException unreadable) {
            throw malformed("cannot read " + file);
        }
    }

    private static String path(JsonMappingException failure) {
        String path = failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return path.isEmpty() ? "the file" : path.substring(1);
    }

    private static String line(JacksonException failure) {
        return failure.getLocation() == null
                ? ""
                : ", line " + failure.getLocation().getLineNr();
    }

    private AppSettings app(String tag, App app) {
        if (!tag.matches("[a-z0-9-]{0,32}")) {
            throw malformed("tag \"" + tag + "\" must be at most 32 lower-case letters, digits and hyphens");
        }
        Set<String> ids =
                texts("ids", app.ids).stream().map(AppSettings::bareId).collect(Collectors.toUnmodifiableSet());
        if (ids.isEmpty() && !tag.isEmpty()) {
            throw malformed("app \"" + tag + "\" must have ids");
        }
        List<ServerToken> serverTokens = texts("server_tokens", app.serverTokens).stream()
                .map(token -> ServerToken.of(SETTING, token))
                .toList();
        return new AppSettings(tag, ids, tokens(app), ttl(app.sessionTtlSeconds), serverTokens, app.suspended);
    }

    private TokenSettings tokens(App app) {
        List<TokenKey> keys = new ArrayList<>();
        files("keys", app.keys).forEach((id, path) -> keys.add(TokenKey.ofPem(SETTING, id, path)));
        files("secrets", app.secrets).forEach((id, path) -> keys.add(TokenKey.ofSecret(SETTING, id, path)));
        if (keys.stream().map(TokenKey::id).distinct().count() != keys.size()) {
            throw malformed("keys and secrets must not share an id");
        }
        return new TokenSettings(
                texts("providers", app.providers),
                List.copyOf(keys),
                texts("jwks", app.jwks).stream().map(text -> url(SETTING, text)).toList(),
                algorithms(app),
                Optional.ofNullable(app.sessionAudience).filter(audience -> !audience.isBlank()));
    }

    private static Set<TokenAlgorithm> algorithms(App app) {
        Set<TokenAlgorithm> named = texts("algorithms", app.algorithms).stream()
                .map(name -> TokenAlgorithm.of(name)
                        .orElseThrow(() -> malformed("algorithms are RS256, ES256, EdDSA and HS256")))
                .collect(Collectors.toUnmodifiableSet());
        return named.isEmpty() ? Set.of(TokenAlgorithm.values()) : named;
    }

    private static int ttl(@Nullable Integer seconds) {
        if (seconds == null) {
            return AppSettings.USUAL_TTL;
        }
        if (seconds < AppSettings.SHORTEST_TTL || seconds > AppSettings.LONGEST_TTL) {
            throw malformed("session_ttl_seconds must be from 30 to 31536000");
        }
        return seconds;
    }

    private Map<String, Path> files(String name, @Nullable Map<String, String> given) {
        Map<String, String> files = given == null ? Map.of() : given;
        texts(name, List.copyOf(files.values()));
        return files.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> file.toAbsolutePath().resolveSibling(entry.getValue())));
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

    private static List<String> texts(String name, @Nullable List<String> given) {
        List<String> texts = given == null ? List.of() : given;
        for (@Nullable String text : texts) {
            if (text == null || text.isBlank()) {
                throw malformed(name + " must not hold anything empty");
            }
        }
        return List.copyOf(texts);
    }

    private static SettingsException malformed(String what) {
        return new SettingsException(SETTING + ": " + what + ".");
    }
}
