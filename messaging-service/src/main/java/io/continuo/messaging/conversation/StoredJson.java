package io.continuo.messaging.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.continuo.common.model.Notification;
import io.continuo.common.model.Part;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON that Redis keeps: parts, notifications, metadata, lists of people. */
public final class StoredJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();
    private static final TypeReference<Notification> NOTIFICATION = new TypeReference<>() {};
    private static final TypeReference<List<Part>> PARTS = new TypeReference<>() {};
    private static final TypeReference<List<String>> PEOPLE = new TypeReference<>() {};
    private static final TypeReference<List<Map<String, Object>>> MAPS = new TypeReference<>() {};
    private static final TypeReference<List<Object>> LIST = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private StoredJson() {}

    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static Notification notification(String json) {
        return read(json, NOTIFICATION);
    }

    public static List<Part> parts(String json) {
        return read(json, PARTS);
    }

    static List<String> people(String json) {
        return read(json, PEOPLE);
    }

    public static List<Map<String, Object>> maps(String json) {
        return read(json, MAPS);
    }

    /** Reads metadata; empty text is empty metadata. */
    public static Map<String, Object> map(String json) {
        return json.isEmpty() ? Map.of() : read(json, MAP);
    }

    /** Reads what a client wrote; empty when it is no object. */
    public static Optional<Map<String, Object>> foreignMap(String json) {
        try {
            return Optional.ofNullable(MAPPER.readValue(json, MAP));
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    /** Reads what a client wrote; empty when it is no list. */
    public static Optional<List<Object>> foreignList(String json) {
        try {
            return Optional.ofNullable(MAPPER.readValue(json, LIST));
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    /** Reads a record that {@link #text} wrote. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
