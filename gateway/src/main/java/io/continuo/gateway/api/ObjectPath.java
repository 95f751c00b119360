package io.continuo.gateway.api;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.model.LayerId;
import io.continuo.gateway.dialect.BadRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code object_id} looks like (protocol/layer.md §2): {@code conversations/:id} for
 * {@code layer:///conversations/<id>}, {@code messages/:id/parts/:part} for an object below another, nothing where there
 * is none.
 */
public record ObjectPath(String template, List<String> types, List<String> names) {
    private static final String SCHEME = "layer:///";

    public ObjectPath {
        types = List.copyOf(types);
        names = List.copyOf(names);
    }

    /** @param template types and names of parameters in turn; empty for no object */
    static ObjectPath of(String template) {
        List<String> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String segment : template.split("/", -1)) {
            if (segment.startsWith(":")) {
                names.add(segment.substring(1));
            } else if (!segment.isEmpty()) {
                types.add(segment);
            }
        }
        if (types.size() != names.size()) {
            throw new IllegalArgumentException(template);
        }
        return new ObjectPath(template, types, names);
    }

    /** Whether there is an object at all. */
    public boolean isEmpty() {
        return types.isEmpty();
    }

    /**
     * The parameters in an {@code object_id}. The id of what is not below another may also be given without its type.
     *
     * @throws BadRequest missing_property {@code object_id}, or not_found for what cannot be such an id
     */
    public Map<String, String> match(@Nullable Object objectId) {
        if (isEmpty()) {
            return Map.of();
        }
        if (objectId == null) {
            throw BadRequest.missing("object_id");
        }
        String id = objectId.toString();
        if (!id.startsWith(SCHEME)) {
            return bare(id);
        }
        // The last may be a user's id, in which clients leave slashes as they are.
        String[] segments = id.substring(SCHEME.length()).split("/", 2 * types.size());
        if (segments.length != 2 * types.size()) {
            throw unknown();
        }
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < types.size(); i++) {
            if (!segments[2 * i].equals(types.get(i))) {
                throw unknown();
            }
            found.put(names.get(i), LayerId.decode(segments[2 * i + 1]));
        }
        return found;
    }

    private Map<String, String> bare(String id) {
        if (types.size() > 1) {
            throw unknown();
        }
        return Map.of(names.getFirst(), id);
    }

    private static BadRequest unknown() {
        return BadRequest.of(ErrorCode.NOT_FOUND, "There is no such object.");
    }
}
