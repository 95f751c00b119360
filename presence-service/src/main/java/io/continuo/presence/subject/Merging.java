package io.continuo.presence.subject;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.continuo.common.model.ReadingList;
import io.continuo.common.model.Subject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Merges what is written of a subject with what is stored. The edge has seen to it that it has the right form. */
final class Merging {
    /** Attributes beyond these are not kept, lest a subject grow for ever. */
    static final int MOST_ATTRIBUTES = 512;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private static final ObjectReader READER = MAPPER.reader();

    private Merging() {}

    /** Applies a JSON merge patch to an object; either may be empty text. */
    static String patched(String stored, String patch) {
        return stored.isEmpty()
                ? text(merged(MAPPER.createObjectNode(), object(patch)))
                : text(merged(object(stored), object(patch)));
    }

    /** The parts of a readings object, each as a patch of its own. */
    static Map<String, ObjectNode> parts(String readings) {
        Map<String, ObjectNode> parts = new LinkedHashMap<>();
        ObjectNode lists = object(readings);
        for (ReadingList list : ReadingList.values()) {
            for (JsonNode element : lists.path(list.wire())) {
                String name = ReadingParts.name(list, element.path(list.key()).asText());
                ObjectNode part = (ObjectNode) element;
                parts.merge(name, part, (one, other) -> {
                    one.setAll(other);
                    return one;
                });
            }
        }
        return parts;
    }

    /** A part laid over the one that is stored: what it does not name stays. */
    static String overlaid(String stored, ObjectNode part) {
        if (stored.isEmpty()) {
            return text(part);
        }
        ObjectNode whole = object(stored);
        whole.setAll(part);
        return text(whole);
    }

    /**
     * Puts messages' values before those that are kept, of each attribute the newest twelve.
     *
     * @param stored empty for none
     * @param messages one or a list of {@code {"msg_time", "srv_time", "values": {…}}}, the oldest first
     */
    static String iot(String stored, String messages) {
        ObjectNode kept = stored.isEmpty() ? MAPPER.createObjectNode() : object(stored);
        ObjectNode nonnull = kept.withObject("/nonnull_fields");
        ObjectNode all = kept.withObject("/all_fields");
        JsonNode given = node(messages);
        for (JsonNode message :
                given.isArray() ? given : MAPPER.createArrayNode().add(given)) {
            take(message, nonnull, all);
        }
        return text(kept);
    }

    private static void take(JsonNode message, ObjectNode nonnull, ObjectNode all) {
        Set<String> attributes = new HashSet<>();
        all.fieldNames().forEachRemaining(attributes::add);
        message.path("values").fieldNames().forEachRemaining(attributes::add);
        for (String attribute : attributes) {
            JsonNode value = message.path("values").path(attribute);
            ObjectNode entry = MAPPER.createObjectNode();
            entry.set("value", orNull(value));
            entry.set("msg_time", orNull(message.path("msg_time")));
            entry.set("srv_time", orNull(message.path("srv_time")));
            if (all.has(attribute) || all.size() < MOST_ATTRIBUTES) {
                push(all, attribute, entry);
                if (!value.isMissingNode() && !value.isNull()) {
                    push(nonnull, attribute, entry);
                }
            }
        }
    }

    private static JsonNode orNull(JsonNode value) {
        return value.isMissingNode() ? MAPPER.nullNode() : value;
    }

    private static void push(ObjectNode fields, String attribute, ObjectNode entry) {
        ArrayNode values = fields.withArray("/" + attribute.replace("~", "~0").replace("/", "~1"));
        values.insert(0, entry);
        while (values.size() > Subject.IOT_VALUES) {
            values.remove(values.size() - 1);
        }
    }

    private static ObjectNode merged(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(property -> {
            JsonNode value = property.getValue();
            if (value.isNull()) {
                target.remove(property.getKey());
            } else if (value instanceof ObjectNode deeper) {
                JsonNode old = target.get(property.getKey());
                target.set(
                        property.getKey(),
                        merged(old instanceof ObjectNode there ? there : MAPPER.createObjectNode(), deeper));
            } else {
                target.set(property.getKey(), value);
            }
        });
        return target;
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) node(json);
    }

    private static JsonNode node(String json) {
        try {
            return READER.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("The edge let pass what is no JSON", malformed);
        }
    }

    private static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
