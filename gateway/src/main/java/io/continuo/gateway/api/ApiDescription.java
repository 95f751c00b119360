package io.continuo.gateway.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The description of both REST APIs in OpenAPI 3.1, written by hand in the folder {@code openapi}, an area in each file. */
public final class ApiDescription {
    private static final List<String> AREAS = List.of(
            "objects",
            "sessions",
            "conversations",
            "channels",
            "messages",
            "parts",
            "content",
            "identities",
            "accounts",
            "announcements",
            "server",
            "server-users",
            "subjects",
            "logins",
            "webhooks");

    private final JsonObject document;

    private ApiDescription(JsonObject document) {
        this.document = document;
    }

    /** Reads the files; takes some milliseconds. */
    public static ApiDescription load() {
        JsonObject document = read("openapi");
        AREAS.forEach(area -> document.mergeIn(read(area), true));
        return new ApiDescription(document);
    }

    /** @param base where the paths start */
    public JsonObject at(String base) {
        return document.copy().put("servers", new JsonArray().add(new JsonObject().put("url", base)));
    }

    private static JsonObject read(String area) {
        try (InputStream file = ApiDescription.class.getResourceAsStream("/openapi/" + area + ".yaml")) {
            Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
            Map<String, Object> content = yaml.load(Objects.requireNonNull(file, area));
            return new JsonObject(new JsonObject(content).encode());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
