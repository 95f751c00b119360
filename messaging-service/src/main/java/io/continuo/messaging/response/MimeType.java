package io.continuo.messaging.response;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A MIME type as 3.0 uses it: its attributes place a part in the tree of parts (protocol/layer.md §10.4).
 *
 * @param base such as {@code text/plain}, in lower case
 * @param attributes by their names in lower case
 */
public record MimeType(String base, Map<String, String> attributes) {
    static final String RESPONSE = "application/vnd.layer.response-v2+json";
    static final String SUMMARY = "application/vnd.layer.responsesummary-v2+json";
    static final String INITIAL_STATE = "application/vnd.layer.initialresponsestate-v1+json";

    public MimeType {
        attributes = Map.copyOf(attributes);
    }

    /** Reads what a part says; never fails. */
    public static MimeType of(String text) {
        int end = text.indexOf(';');
        if (end < 0) {
            return new MimeType(text.strip().toLowerCase(Locale.ROOT), Map.of());
        }
        Map<String, String> attributes = new HashMap<>();
        for (String attribute : text.substring(end + 1).split(";")) {
            int equals = attribute.indexOf('=');
            if (equals > 0) {
                attributes.put(
                        attribute.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        unquoted(attribute.substring(equals + 1).strip()));
            }
        }
        return new MimeType(text.substring(0, end).strip().toLowerCase(Locale.ROOT), attributes);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** What holds the responses to a message. */
    static String summaryOf(String node) {
        return SUMMARY + ";role=response_summary;parent-node-id=" + node;
    }

    public boolean isResponseSummary() {
        return base.equals(SUMMARY);
    }

    String role() {
        return attributes.getOrDefault("role", "");
    }

    String nodeId() {
        return attributes.getOrDefault("node-id", "");
    }

    String parentNodeId() {
        return attributes.getOrDefault("parent-node-id", "");
    }
}
