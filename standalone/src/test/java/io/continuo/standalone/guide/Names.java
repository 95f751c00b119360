package io.continuo.standalone.guide;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the names in an example, {@code <like this>}, stand for. A client that uses a name for the first time makes the id
 * up; one that gets something under a new name learns it.
 */
final class Names {
    private static final Pattern NAME = Pattern.compile("<([\\w ]+)>");
    private static final String ANYTHING = "…";

    private final Map<String, String> values = new HashMap<>();

    Names(Map<String, String> known) {
        values.putAll(known);
    }

    @Nullable String get(String name) {
        return values.get(name);
    }

    /** What is really sent. */
    String fill(String text) {
        return NAME.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(values.computeIfAbsent(
                        name.group(1), unknown -> UUID.randomUUID().toString())));
    }

    /** Whether {@code actual} is what the example shows: everything that is shown must be there, more may be. */
    boolean match(String shown, String actual) {
        String pattern = shown.replaceAll("\\[\\s*…\\s*]", "\"…\"")
                .replaceAll(",\\s*…\\s*]", ",\"…\"]")
                .replaceAll(",?\\s*…(?!\")", "");
        return pattern.isEmpty() ? actual.isEmpty() : matches(Json.decodeValue(pattern), Json.decodeValue(actual));
    }

    /** The same for the value of a header. */
    boolean matchText(String shown, @Nullable String actual) {
        if (actual == null) {
            return false;
        }
        if (shown.equals(ANYTHING)) {
            return true;
        }
        Matcher names = NAME.matcher(shown);
        StringBuilder pattern = new StringBuilder();
        int at = 0;
        while (names.find()) {
            pattern.append(Pattern.quote(shown.substring(at, names.start())));
            String known = values.get(names.group(1));
            pattern.append(known == null ? "(.+)" : Pattern.quote(known));
            at = names.end();
        }
        Matcher found = Pattern.compile(
                        pattern.append(Pattern.quote(shown.substring(at))).toString())
                .matcher(actual);
        if (!found.matches()) {
            return false;
        }
        learn(shown, found);
        return true;
    }

    private void learn(String shown, Matcher found) {
        Matcher names = NAME.matcher(shown);
        int group = 1;
        while (names.find()) {
            if (!values.containsKey(names.group(1))) {
                values.put(names.group(1), found.group(group++));
            }
        }
    }

    private boolean matches(@Nullable Object shown, @Nullable Object actual) {
        if (ANYTHING.equals(shown)) {
            return true;
        }
        return switch (shown) {
            case JsonObject object -> actual instanceof JsonObject it && matches(object, it);
            case JsonArray array -> actual instanceof JsonArray it && matches(array, it);
            case String text -> actual instanceof String it && matchText(text, it);
            case null -> actual == null;
            default -> shown.equals(actual);
        };
    }

    private boolean matches(JsonObject shown, JsonObject actual) {
        return shown.fieldNames().stream()
                .allMatch(key ->
                        actual.containsKey(fill(key)) && matches(shown.getValue(key), actual.getValue(fill(key))));
    }

    private boolean matches(JsonArray shown, JsonArray actual) {
        boolean more = !shown.isEmpty() && ANYTHING.equals(shown.getValue(shown.size() - 1));
        int compared = more ? shown.size() - 1 : shown.size();
        if (more ? actual.size() < compared : actual.size() != compared) {
            return false;
        }
        for (int i = 0; i < compared; i++) {
            if (!matches(shown.getValue(i), actual.getValue(i))) {
                return false;
            }
        }
        return true;
    }
}
