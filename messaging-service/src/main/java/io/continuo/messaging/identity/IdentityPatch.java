package io.continuo.messaging.identity;

import io.continuo.common.model.Identity;
import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.IdentityChange.DeleteProfileMetadata;
import io.continuo.common.model.IdentityChange.SetField;
import io.continuo.common.model.IdentityChange.SetProfileMetadata;
import io.continuo.common.model.IdentityField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes of profiles: carried out, and found by comparing (protocol/layer.md §11). */
final class IdentityPatch {
    private IdentityPatch() {}

    /** The profile after all of {@code changes}; empty when a path leads through text. */
    static Optional<Identity> apply(Identity before, List<IdentityChange> changes) {
        Identity at = before;
        for (IdentityChange change : changes) {
            Map<String, Object> metadata = at.metadata();
            Optional<Identity> next = switch (change) {
                case SetField set -> Optional.of(at.with(set.field(), set.value()));
                case SetProfileMetadata set ->
                    put(metadata, set.path(), set.value()).map(at::with);
                case DeleteProfileMetadata delete ->
                    put(metadata, delete.path(), null).map(at::with);
            };
            if (next.isEmpty()) {
                return next;
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    /** @param value null to take away what is there */
    private static Optional<Map<String, Object>> put(
            Map<String, Object> tree, List<String> path, @Nullable Object value) {
        if (path.isEmpty()) {
            return Optional.of(map(Objects.requireNonNullElse(value, Map.of())));
        }
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        String key = path.getFirst();
        if (path.size() == 1) {
            if (value == null) {
                copy.remove(key);
            } else {
                copy.put(key, value);
            }
            return Optional.of(copy);
        }
        Object inner = tree.get(key);
        if (inner == null && value == null) {
            return Optional.of(tree);
        }
        if (inner != null && !(inner instanceof Map)) {
            return Optional.empty();
        }
        return put(inner == null ? Map.of() : map(inner), path.subList(1, path.size()), value)
                .map(changed -> {
                    copy.put(key, changed);
                    return copy;
                });
    }

    /** The fewest changes that make {@code after} of {@code before}. */
    static List<IdentityChange> difference(Identity before, Identity after) {
        List<IdentityChange> changes = new ArrayList<>();
        for (IdentityField field : IdentityField.values()) {
            if (!before.text(field).equals(after.text(field))) {
                changes.add(new SetField(field, after.text(field)));
            }
        }
        compare(List.of(), before.metadata(), after.metadata(), changes);
        return changes;
    }

    private static void compare(
            List<String> path, Map<String, Object> before, Map<String, Object> after, List<IdentityChange> changes) {
        before.keySet().stream()
                .filter(key -> !after.containsKey(key))
                .forEach(key -> changes.add(new DeleteProfileMetadata(inside(path, key))));
        after.forEach((key, value) -> {
            Object there = before.get(key);
            if (there instanceof Map && value instanceof Map) {
                compare(inside(path, key), map(there), map(value), changes);
            } else if (!value.equals(there)) {
                changes.add(new SetProfileMetadata(inside(path, key), value));
            }
        });
    }

    private static List<String> inside(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    @SuppressWarnings("unchecked") // metadata holds strings and maps of the like
    private static Map<String, Object> map(Object tree) {
        return (Map<String, Object>) tree;
    }
}
