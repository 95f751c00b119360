package io.continuo.gateway.dialect;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.model.Content;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Part;
import io.continuo.common.model.PartEdit;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a message (protocol/layer.md §7.3, §10.4). */
final class PartReader {
    private static final int MOST = 1_000;
    private static final Set<String> PATCHABLE = Set.of("body", "encoding", "mime_type");
    private static final String BASE64 = "base64";

    private final Dialect dialect;
    private final int inlineBodyBytes;

    PartReader(Dialect dialect, int inlineBodyBytes) {
        this.dialect = dialect;
        this.inlineBodyBytes = inlineBodyBytes;
    }

    List<Part> read(@Nullable Object given) {
        if (given == null) {
            throw BadRequest.missing("parts");
        }
        if (!(given instanceof JsonArray list)) {
            throw BadRequest.invalid("parts", "parts must be a list.");
        }
        if (list.isEmpty()) {
            throw BadRequest.missing("parts");
        }
        if (list.size() > MOST) {
            throw BadRequest.invalid("parts", "There may be at most " + MOST + " parts.");
        }
        List<Part> parts = new ArrayList<>(list.size());
        Set<String> ids = new HashSet<>();
        for (Object element : list) {
            Part part = part(element);
            if (!ids.add(part.id())) {
                throw BadRequest.invalid("parts.id", "Each part must have an id of its own.");
            }
            parts.add(part);
        }
        return parts;
    }

    /** Reads a part that is added to a message, or takes the place of another. */
    Part one(@Nullable JsonObject given) {
        return part(given == null ? new JsonObject() : given);
    }

    /**
     * Reads a Layer Patch of a part (§8.3, §11): {@code body}, {@code encoding} and {@code mime_type} can be set.
     *
     * @param part bare UUID, or an index in digits
     */
    PartEdit.Patch patch(String part, JsonArray operations) {
        Map<String, Object> set = new HashMap<>();
        for (Object each : operations) {
            if (!(each instanceof JsonObject operation)) {
                throw BadRequest.of(ErrorCode.INVALID_REQUEST, "Each operation must be an object.");
            }
            String property = PatchReader.text(operation, "property");
            if (!PATCHABLE.contains(property)) {
                throw BadRequest.invalid("property", "Only body, encoding and mime_type can be changed.");
            }
            if (!PatchReader.text(operation, "operation").equals("set")) {
                throw BadRequest.invalid("operation", "A part's properties can be set.");
            }
            Object value = operation.getValue("value");
            if (value == null) {
                throw BadRequest.invalid("value", property + " must be a string.");
            }
            set.put(property, value);
        }
        return patch(part, set);
    }

    private PartEdit.Patch patch(String part, Map<String, Object> set) {
        Object type = set.get("mime_type");
        String mimeType = type == null ? null : mimeType(type);
        Object body = set.get("body");
        if (body == null) {
            if (mimeType == null || set.containsKey("encoding")) {
                throw BadRequest.missing("parts.body");
            }
            return new PartEdit.Patch(part, null, null, 0, mimeType);
        }
        Part inline = ofBody("", "", body, set.get("encoding"));
        return new PartEdit.Patch(part, inline.body(), inline.encoding(), inline.size(), mimeType);
    }

    private Part part(@Nullable Object element) {
        if (!(element instanceof JsonObject part)) {
            throw BadRequest.invalid("parts", "Each part must be an object.");
        }
        String id = id(part.getValue("id"));
        String mimeType = mimeType(part.getValue("mime_type"));
        Object content = part.getValue("content");
        if (content != null) {
            return ofContent(id, mimeType, content, part.getValue("body"));
        }
        return ofBody(id, mimeType, part.getValue("body"), part.getValue("encoding"));
    }

    /** Only 3.0 names its parts by what we could keep. */
    private String id(@Nullable Object id) {
        if (dialect != Dialect.LAYER_3_0 || !(id instanceof String text)) {
            return LayerId.newUuid();
        }
        return LayerId.uuid("parts", text.substring(text.lastIndexOf('/') + 1)).orElseGet(LayerId::newUuid);
    }

    private static String mimeType(@Nullable Object given) {
        if (given == null) {
            throw BadRequest.missing("parts.mime_type");
        }
        if (!(given instanceof String mimeType) || mimeType.isBlank()) {
            throw BadRequest.invalid("parts.mime_type", "mime_type must be a MIME type.");
        }
        return mimeType;
    }

    private static Part ofContent(String id, String mimeType, Object content, @Nullable Object body) {
        if (body != null || !(content instanceof JsonObject object)) {
            throw BadRequest.invalid("parts.content", "A part has either a body or content, an object.");
        }
        Optional<String> contentId =
                object.getValue("id") instanceof String text ? LayerId.uuid("content", text) : Optional.empty();
        long size = size(object.getValue("size"));
        return contentId
                .map(uuid -> new Part(id, mimeType, null, null, new Content(uuid, size), size))
                .orElseThrow(() -> BadRequest.invalid("parts.content", "content.id must be the id of content."));
    }

    private static long size(@Nullable Object size) {
        long bytes = size instanceof Integer whole ? whole : size instanceof Long whole ? whole : -1;
        if (bytes < 0) {
            throw BadRequest.invalid("parts.content", "content.size must be a number of bytes.");
        }
        return bytes;
    }

    private Part ofBody(String id, String mimeType, @Nullable Object given, @Nullable Object encoding) {
        if (given == null) {
            throw BadRequest.missing("parts.body");
        }
        if (!(given instanceof String body)) {
            throw BadRequest.invalid("parts.body", "body must be a string.");
        }
        if (encoding != null && !BASE64.equals(encoding)) {
            throw BadRequest.invalid("parts.encoding", "encoding must be base64, or absent.");
        }
        int size = encoding == null ? body.getBytes(StandardCharsets.UTF_8).length : decodedLength(body);
        if (size > inlineBodyBytes) {
            throw BadRequest.invalid(
                    "parts.body", "A body may have at most " + inlineBodyBytes + " bytes; upload it as content.");
        }
        return new Part(id, mimeType, body, encoding == null ? null : BASE64, null, size);
    }

    private static int decodedLength(String body) {
        try {
            return Base64.getDecoder().decode(body).length;
        } catch (IllegalArgumentException malformed) {
            throw BadRequest.invalid("parts.body", "body is not valid base64.");
        }
    }
}
