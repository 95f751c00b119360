package io.continuo.messaging.response;

import io.continuo.common.model.LayerId;
import io.continuo.common.model.Part;
import io.continuo.messaging.conversation.StoredJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a response message says (protocol/layer.md §15.5).
 *
 * @param messageId bare UUID of the message that it responds to
 * @param node of that message's parts
 */
public record Response(String messageId, String node, List<ResponseChange> changes) {
    private static final Pattern NODE = Pattern.compile("[\\w.-]{1,128}");
    private static final int MOST = 200;

    /**
     * Reads a message's parts; empty when the message is no response.
     *
     * @throws BadResponse when it is one that cannot be understood
     */
    public static Optional<Response> of(List<Part> parts) {
        for (int i = 0; i < parts.size(); i++) {
            MimeType type = MimeType.of(parts.get(i).mimeType());
            if (type.base().equals(MimeType.RESPONSE) && (i == 0 || type.role().equals("root"))) {
                return Optional.of(read(parts.get(i)));
            }
        }
        return Optional.empty();
    }

    private static Response read(Part part) {
        Map<String, Object> body = body(part);
        String messageId = body.get("response_to") instanceof String id
                ? LayerId.uuid("messages", id).orElseThrow(() -> new BadResponse("response_to must be a message's id."))
                : missing("response_to");
        String node = body.get("response_to_node_id") instanceof String id ? id : missing("response_to_node_id");
        if (!NODE.matcher(node).matches()) {
            throw new BadResponse("response_to_node_id must be a node's id.");
        }
        return new Response(messageId, node, changes(body.get("changes")));
    }

    private static Map<String, Object> body(Part part) {
        String body = part.body();
        if (body == null || part.encoding() != null) {
            throw new BadResponse("A response must have a plain body.");
        }
        return StoredJson.foreignMap(body).orElseThrow(() -> new BadResponse("A response must be a JSON object."));
    }

    private static String missing(String property) {
        throw new BadResponse(property + " is missing.");
    }

    static List<ResponseChange> changes(@Nullable Object given) {
        if (!(given instanceof List<?> list) || list.size() > MOST) {
            throw new BadResponse("changes must be a list of at most " + MOST + " changes.");
        }
        List<ResponseChange> changes = new ArrayList<>(list.size());
        for (Object change : list) {
            changes.add(ResponseChange.of(change));
        }
        return changes;
    }
}
