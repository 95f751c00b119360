package io.continuo.gateway.dialect;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON straight into text: what is rendered goes out as text, so a tree in between would only cost. Commas come
 * by themselves; that brackets match is the caller's duty.
 */
final class JsonText {
    /** Always with milliseconds: clients resume from these (protocol/layer.md §2). */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int ROOM = 1_024;

    private final StringBuilder out = new StringBuilder(ROOM);

    JsonText open() {
        separate().append('{');
        return this;
    }

    JsonText close() {
        out.append('}');
        return this;
    }

    JsonText openArray() {
        separate().append('[');
        return this;
    }

    JsonText closeArray() {
        out.append(']');
        return this;
    }

    /** A key of ours, which needs no escaping. */
    JsonText key(String key) {
        separate().append('"').append(key).append("\":");
        return this;
    }

    /** A key that others chose. */
    JsonText foreignKey(String key) {
        separate();
        quote(key);
        out.append(':');
        return this;
    }

    JsonText value(@Nullable String value) {
        separate();
        if (value == null) {
            out.append("null");
        } else {
            quote(value);
        }
        return this;
    }

    JsonText value(boolean value) {
        separate().append(value);
        return this;
    }

    JsonText field(String key, @Nullable String value) {
        return key(key).value(value);
    }

    JsonText field(String key, long value) {
        key(key).out.append(value);
        return this;
    }

    JsonText field(String key, boolean value) {
        key(key).out.append(value);
        return this;
    }

    /** A time in ISO-8601, from milliseconds since the epoch. */
    JsonText time(String key, long epochMs) {
        return field(key, isoTime(epochMs));
    }

    /** An object. */
    JsonText tree(Map<?, ?> tree) {
        open();
        tree.forEach((key, value) -> foreignKey(key.toString()).any(value));
        return close();
    }

    /** Any value that JSON has. */
    JsonText any(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> nested -> tree(nested);
            case List<?> list -> {
                openArray();
                list.forEach(this::any);
                yield closeArray();
            }
            case Number number -> literal(number.toString());
            case Boolean truth -> literal(truth.toString());
            case null -> value(null);
            default -> value(value.toString());
        };
    }

    private JsonText literal(String text) {
        separate().append(text);
        return this;
    }

    static String isoTime(long epochMs) {
        return TIME.format(Instant.ofEpochMilli(epochMs));
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private StringBuilder separate() {
        char last = out.isEmpty() ? '[' : out.charAt(out.length() - 1);
        return last == '{' || last == '[' || last == ':' ? out : out.append(',');
    }

    private void quote(String text) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || isAlone(text, i)) {
                out.append(text, written, i);
                escape(c);
                written = i + 1;
            }
        }
        out.append(text, written, text.length()).append('"');
    }

    /** Half of a character: JSON can spell it, UTF-8 cannot. */
    private static boolean isAlone(String text, int i) {
        char c = text.charAt(i);
        if (!Character.isSurrogate(c)) {
            return false;
        }
        return Character.isHighSurrogate(c)
                ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
                : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default ->
                out.append("\\u")
                        .append(HEX[c >> 12])
                        .append(HEX[c >> 8 & 0xf])
                        .append(HEX[c >> 4 & 0xf])
                        .append(HEX[c & 0xf]);
        }
    }
}
