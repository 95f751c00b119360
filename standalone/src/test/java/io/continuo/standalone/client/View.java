package io.continuo.standalone.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a user knows: either from packets, applied one after another as an SDK would (layer-2.0 or 3.0, protocol/layer.md §8,
 * §11), or from REST. The same knowledge is an equal view, whatever the way it came.
 */
public final class View {
    private final String me;
    private final Map<String, JsonObject> objects = new TreeMap<>();

    public View(String user) {
        this.me = "layer:///identities/" + user;
    }

    /** Everything that REST tells. */
    public static View load(Rest rest, String user) {
        View view = new View(user);
        for (JsonObject conversation : rest.all("/conversations", 20)) {
            String path = conversation.getString("id").substring("layer://".length());
            rest.all(path + "/messages", 50).forEach(view::put);
            view.put(conversation);
        }
        return view;
    }

    /** Applies a change packet, or that somebody has read everything; others change nothing. */
    public synchronized void apply(JsonObject packet) {
        if ("operation".equals(packet.getString("type"))) {
            operate(packet.getJsonObject("body"));
            return;
        }
        if (!"change".equals(packet.getString("type"))) {
            return;
        }
        JsonObject body = packet.getJsonObject("body");
        String id = body.getJsonObject("object").getString("id");
        switch (body.getString("operation")) {
            case "create" -> put(body.getJsonObject("data"));
            case "delete" -> {
                JsonObject data = body.getJsonObject("data");
                Long upTo = data == null ? null : data.getLong("from_position");
                if (upTo == null) {
                    objects.remove(id);
                }
                objects.values().removeIf(object -> isIn(object, id) && isUpTo(object, upTo));
            }
            case "update" -> patch(id, body.getJsonArray("data"));
            default -> throw new IllegalStateException("operation " + body.getString("operation"));
        }
    }

    private void operate(JsonObject body) {
        if (!"Conversation.mark_all_read".equals(body.getString("method"))) {
            return;
        }
        JsonObject data = body.getJsonObject("data");
        String reader = data.getJsonObject("identity").getString("id");
        String conversation = body.getJsonObject("object").getString("id");
        objects.values().stream()
                .filter(object -> isIn(object, conversation) && isUpTo(object, data.getLong("position")))
                .forEach(message -> {
                    message.getJsonObject("recipient_status").put(reader, "read");
                    if (reader.equals(me)) {
                        message.put("is_unread", false);
                    }
                });
    }

    private static boolean isUpTo(JsonObject message, @Nullable Long position) {
        return position == null || message.getLong("position") <= position;
    }

    private synchronized void put(JsonObject object) {
        JsonObject known = object.copy();
        Object last = known.getValue("last_message");
        if (last instanceof JsonObject message) {
            known.put("last_message", message.getString("id"));
        }
        objects.put(known.getString("id"), known);
    }

    private static boolean isIn(JsonObject object, String conversation) {
        return object.getValue("conversation") instanceof JsonObject place
                && conversation.equals(place.getString("id"));
    }

    /** A part is found in its message. */
    private @Nullable JsonObject find(String id) {
        int parts = id.indexOf("/parts/");
        if (parts < 0) {
            return objects.get(id);
        }
        JsonObject message = objects.get(id.substring(0, parts));
        return message == null
                ? null
                : message.getJsonArray("parts").stream()
                        .map(JsonObject.class::cast)
                        .filter(part -> id.equals(part.getString("id")))
                        .findFirst()
                        .orElse(null);
    }

    private void patch(String id, JsonArray operations) {
        JsonObject object = find(id);
        if (object == null) {
            return;
        }
        for (int i = 0; i < operations.size(); i++) {
            JsonObject operation = operations.getJsonObject(i);
            List<String> path = path(operation.getString("property"));
            JsonObject target = object;
            for (String step : path.subList(0, path.size() - 1)) {
                if (!target.containsKey(step)) {
                    target.put(step, new JsonObject());
                }
                target = target.getJsonObject(step);
            }
            String key = path.getLast();
            switch (operation.getString("operation")) {
                case "set" -> target.put(key, value(operation));
                case "delete" -> target.remove(key);
                case "add" -> {
                    removeFrom(target.getJsonArray(key), operation);
                    target.getJsonArray(key).add(value(operation));
                }
                case "remove" -> removeFrom(target.getJsonArray(key), operation);
                default -> throw new IllegalStateException(operation.encode());
            }
            if (path.equals(List.of("recipient_status", me)) && "read".equals(operation.getString("value"))) {
                object.put("is_unread", false);
            }
        }
    }

    private static @Nullable Object value(JsonObject operation) {
        return operation.containsKey("value") ? operation.getValue("value") : operation.getString("id");
    }

    private static void removeFrom(JsonArray array, JsonObject operation) {
        String id = operation.getString("id");
        for (int i = array.size() - 1; i >= 0; i--) {
            Object element = array.getValue(i);
            boolean meant = id == null
                    ? element.equals(operation.getValue("value"))
                    : element instanceof JsonObject object && id.equals(object.getString("id"));
            if (meant) {
                array.remove(i);
            }
        }
    }

    /** Splits at dots that are not escaped. */
    private static List<String> path(String property) {
        return List.of(property.split("(?<!\\\\)\\.")).stream()
                .map(step -> step.replace("\\.", "."))
                .toList();
    }

    /** All that is known, one line for each object, to be compared. */
    public synchronized List<String> describe() {
        return objects.values().stream()
                .map(object -> new JsonObject(sorted(object.getMap())).encode())
                .toList();
    }

    public synchronized int size() {
        return objects.size();
    }

    private static Map<String, Object> sorted(Map<String, Object> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(key, sortedValue(value)));
        return sorted;
    }

    private static Object sortedValue(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case JsonObject object -> sorted(object.getMap());
            case Map<?, ?> map -> {
                Map<String, Object> sorted = new TreeMap<>();
                map.forEach((key, inner) -> sorted.put(String.valueOf(key), sortedValue(inner)));
                yield sorted;
            }
            case JsonArray array -> sortedList(array.getList());
            case List<?> list -> sortedList(list);
            default -> value.toString();
        };
    }

    /** Lists of people and parts are sets on the wire. */
    private static List<Object> sortedList(List<?> list) {
        return list.stream()
                .map(View::sortedValue)
                .sorted(java.util.Comparator.comparing(Object::toString))
                .map(Object.class::cast)
                .toList();
    }
}
