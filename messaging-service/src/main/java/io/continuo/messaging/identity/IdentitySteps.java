package io.continuo.messaging.identity;

import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.IdentityChange.DeleteProfileMetadata;
import io.continuo.common.model.IdentityChange.SetField;
import io.continuo.common.model.IdentityChange.SetProfileMetadata;
import io.continuo.common.model.IdentityField;
import io.continuo.messaging.conversation.StoredJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Changes of a profile as Redis keeps them: JSON, a step sets a {@code field}, or a {@code path} in the metadata. */
final class IdentitySteps {
    private IdentitySteps() {}

    static String text(List<IdentityChange> changes) {
        return StoredJson.text(changes.stream().map(IdentitySteps::step).toList());
    }

    private static Map<String, Object> step(IdentityChange change) {
        return switch (change) {
            case SetField set -> Map.of("field", set.field().wire(), "value", set.value());
            case SetProfileMetadata set -> Map.of("path", set.path(), "value", set.value());
            case DeleteProfileMetadata delete -> Map.of("path", delete.path());
        };
    }

    static List<IdentityChange> read(String json) {
        List<IdentityChange> changes = new ArrayList<>();
        StoredJson.maps(json).forEach(step -> changes.add(change(step)));
        return changes;
    }

    private static IdentityChange change(Map<String, Object> step) {
        if (step.get("field") instanceof String field) {
            return new SetField(IdentityField.of(field).orElseThrow(), Objects.toString(step.get("value"), ""));
        }
        List<String> path = step.get("path") instanceof List<?> keys
                ? keys.stream().map(String::valueOf).toList()
                : List.of();
        Object value = step.get("value");
        return value == null ? new DeleteProfileMetadata(path) : new SetProfileMetadata(path, value);
    }
}
