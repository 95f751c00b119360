package io.continuo.gateway.dialect;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.ConversationChange.AddParticipant;
import io.continuo.common.model.ConversationChange.DeleteMetadata;
import io.continuo.common.model.ConversationChange.RemoveParticipant;
import io.continuo.common.model.ConversationChange.SetMetadata;
import io.continuo.common.model.ConversationChange.SetName;
import io.continuo.common.model.ConversationChange.SetParticipants;
import io.continuo.common.model.Person;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Layer Patch operations on a conversation (protocol/layer.md §11). Participants and metadata can be changed, and
 * an operation is taken in the spelling of every version.
 */
final class PatchReader {
    private static final String PARTICIPANTS = "participants";
    private static final String METADATA = "metadata";
    private static final String NAME = "name";

    private PatchReader() {}

    static List<ConversationChange> read(String caller, JsonArray operations) {
        List<ConversationChange> changes = new ArrayList<>(operations.size());
        for (Object each : operations) {
            if (!(each instanceof JsonObject operation)) {
                throw BadRequest.of(ErrorCode.INVALID_REQUEST, "Each operation must be an object.");
            }
            changes.add(change(caller, operation));
        }
        return changes;
    }

    /** A channel's operations: its members are not among what it consists of (§13.9). */
    static List<ConversationChange> readOfChannel(JsonArray operations) {
        List<ConversationChange> changes = new ArrayList<>(operations.size());
        for (Object each : operations) {
            if (!(each instanceof JsonObject operation)) {
                throw BadRequest.of(ErrorCode.INVALID_REQUEST, "Each operation must be an object.");
            }
            List<String> path = path(text(operation, "property"));
            String kind = text(operation, "operation");
            if (path.equals(List.of(NAME)) && kind.equals("set")) {
                changes.add(new SetName(ChannelNameReader.read(operation.getValue("value"))));
            } else if (path.getFirst().equals(METADATA)) {
                changes.add(metadata(kind, path.subList(1, path.size()), operation));
            } else {
                throw BadRequest.invalid("property", "Of a channel, metadata can be changed and the name can be set.");
            }
        }
        return changes;
    }

    private static ConversationChange change(String caller, JsonObject operation) {
        List<String> path = path(text(operation, "property"));
        String kind = text(operation, "operation");
        if (path.equals(List.of(PARTICIPANTS))) {
            return participants(caller, kind, operation);
        }
        if (path.getFirst().equals(METADATA)) {
            return metadata(kind, path.subList(1, path.size()), operation);
        }
        throw BadRequest.invalid("property", "Only participants and metadata can be changed.");
    }

    private static ConversationChange participants(String caller, String kind, JsonObject operation) {
        return switch (kind) {
            case "add" -> new AddParticipant(Person.of(who(caller, operation)));
            case "remove" -> new RemoveParticipant(who(caller, operation));
            case "set" -> new SetParticipants(RequestReader.users(caller, names(operation.getValue("value"))));
            default -> throw BadRequest.invalid("operation", "Participants can be added, removed and set.");
        };
    }

    /** A list may hold identities instead of their ids. */
    private static @Nullable Object names(@Nullable Object value) {
        if (!(value instanceof JsonArray list)) {
            return value;
        }
        JsonArray names = new JsonArray();
        list.forEach(each -> names.add(each instanceof JsonObject identity ? identity.getValue("id") : each));
        return names;
    }

    /** By {@code id} since 2.0, by {@code value} in 1.0; clients mix them. */
    private static String who(String caller, JsonObject operation) {
        Object id = operation.getValue("id");
        Object value = operation.getValue("value");
        Object named = id != null ? id : value instanceof JsonObject identity ? identity.getValue("id") : value;
        return RequestReader.participant(caller, named);
    }

    private static ConversationChange metadata(String kind, List<String> path, JsonObject operation) {
        return switch (kind) {
            case "set" -> new SetMetadata(path, value(path, operation.getValue("value")));
            case "delete" -> path.isEmpty() ? new SetMetadata(path, Map.of()) : new DeleteMetadata(path);
            default -> throw BadRequest.invalid("operation", "Metadata can be set and deleted.");
        };
    }

    /** The whole of metadata is an object, or nothing. */
    static Object value(List<String> path, @Nullable Object value) {
        if (!path.isEmpty()) {
            return MetadataReader.value(value);
        }
        Map<String, Object> whole = MetadataReader.read(value);
        return whole == null ? Map.of() : whole;
    }

    static String text(JsonObject operation, String key) {
        Object value = operation.getValue(key);
        if (value == null) {
            throw BadRequest.missing(key);
        }
        if (value instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw BadRequest.invalid(key, key + " must be text.");
    }

    /**
     * Splits at dots. A backslash takes the meaning from what follows it, and from a dot in any case: {@code \\.} is a dot
     * too, and no backslash that ends a key. Clients change their own copy in this way before they ask us to.
     */
    static List<String> path(String property) {
        List<String> path = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        for (int i = 0; i < property.length(); i++) {
            char c = property.charAt(i);
            if (property.startsWith("\\\\.", i)) {
                continue;
            }
            if (c == '\\' && i + 1 < property.length()) {
                element.append(property.charAt(++i));
            } else if (c == '.') {
                path.add(element.toString());
                element.setLength(0);
            } else {
                element.append(c);
            }
        }
        path.add(element.toString());
        return path;
    }
}
