package io.continuo.compat;

import io.continuo.common.model.LayerId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Random conversations and what clients ask to be changed in them. Keys are few, so that paths meet, and odd, so that they
 * need escaping; some paths lead through text, and some are no more than dots and backslashes.
 */
final class PatchCases {
    /** Takes part in every conversation, and is never added or removed. */
    static final String KEEPER = "keeper@orchard.test";

    private static final List<String> KEYS =
            List.of("a", "b", "a.b", ".", "x\\y", "\\", "", "1", "ü", "\"", "naïve 日本 🍐", "$", "/", "\u0001");
    private static final List<String> TEXTS =
            List.of("", "x", "pears", "a.b", "\\", "\"quoted\"", "🍐\n\u0000", "{}", "[]");
    private static final List<String> PEOPLE = List.of("ines.k@orchard.test", "omar", "zoe/1", "a b", "ü", "x\\y.z");
    private static final String MESS = "ab.\\";
    private static final int DEEPEST = 4;

    private final Random random;

    PatchCases(long seed) {
        this.random = new Random(seed);
    }

    /**
     * @param people who takes part, the keeper among them
     * @param byId whether people are named by id as since 2.0, or by value as in 1.0
     */
    record Case(JsonObject metadata, List<String> people, boolean byId, JsonArray operations) {

        String version() {
            return byId ? "2.0" : "1.0";
        }

        /** The conversation as an SDK of the version holds it. */
        JsonObject document() {
            JsonArray participants = new JsonArray();
            people.forEach(user -> participants.add(named(user, byId)));
            return new JsonObject().put("metadata", metadata.copy()).put("participants", participants);
        }
    }

    Case next() {
        boolean byId = random.nextBoolean();
        List<String> people = new ArrayList<>(List.of(KEEPER));
        PEOPLE.stream().filter(user -> random.nextBoolean()).forEach(people::add);
        JsonArray operations = new JsonArray();
        IntStream.rangeClosed(0, random.nextInt(6)).forEach(i -> operations.add(operation(byId)));
        return new Case(tree(1), people, byId, operations);
    }

    private JsonObject operation(boolean byId) {
        return switch (random.nextInt(10)) {
            case 0 -> person("add", byId);
            case 1 -> person("remove", byId);
            case 2 -> operation("set", "participants").put("value", everybody(byId));
            case 3 -> operation("set", "metadata").put("value", tree(1));
            case 4, 5 -> operation("delete", path());
            case 6 -> random.nextInt(4) == 0 ? operation("delete", "metadata") : operation("delete", path());
            default -> operation("set", path()).put("value", value(2));
        };
    }

    private static JsonObject operation(String operation, String property) {
        return new JsonObject().put("operation", operation).put("property", property);
    }

    private JsonObject person(String operation, boolean byId) {
        String user = PEOPLE.get(random.nextInt(PEOPLE.size()));
        return byId
                ? operation(operation, "participants").mergeIn((JsonObject) named(user, true))
                : operation(operation, "participants").put("value", user);
    }

    private JsonArray everybody(boolean byId) {
        JsonArray list = new JsonArray().add(named(KEEPER, byId));
        PEOPLE.stream().filter(user -> random.nextBoolean()).forEach(user -> list.add(named(user, byId)));
        return list;
    }

    static Object named(String user, boolean byId) {
        return byId ? new JsonObject().put("id", LayerId.identity(user)) : user;
    }

    /** In three of four cases a path as clients write it. */
    private String path() {
        StringBuilder path = new StringBuilder("metadata");
        if (random.nextInt(4) == 0) {
            path.append('.');
            random.ints(random.nextInt(7), 0, MESS.length()).forEach(i -> path.append(MESS.charAt(i)));
        } else {
            IntStream.rangeClosed(0, random.nextInt(3))
                    .forEach(i -> path.append('.').append(escaped(key())));
        }
        return path.toString();
    }

    private static String escaped(String key) {
        return key.replace("\\", "\\\\").replace(".", "\\.");
    }

    private Object value(int depth) {
        return depth < DEEPEST && random.nextInt(3) == 0 ? tree(depth) : TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private JsonObject tree(int depth) {
        JsonObject tree = new JsonObject();
        for (int i = random.nextInt(5); i > 0; i--) {
            tree.put(key(), value(depth + 1));
        }
        return tree;
    }

    private String key() {
        return KEYS.get(random.nextInt(KEYS.size()));
    }
}
