package io.continuo.gateway.dialect;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.UserRequest;
import io.continuo.common.model.Identity;
import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.IdentityChange.DeleteProfileMetadata;
import io.continuo.common.model.IdentityChange.SetField;
import io.continuo.common.model.IdentityChange.SetProfileMetadata;
import io.continuo.common.model.IdentityField;
import io.continuo.common.model.IdentityType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads identities and changes of them, as an app's backend sends them (protocol/layer.md §10.1, §14.1). */
public final class IdentityReader {
    private static final int LONGEST_TEXT = 4_096;
    private static final String METADATA = "metadata";

    private IdentityReader() {}

    /** Reads a whole identity; {@code display_name} is required. */
    public static Identity identity(String user, JsonObject body) {
        Identity identity = Identity.of(
                user,
                field -> text(field, body.getValue(field.wire())),
                Objects.requireNonNullElse(MetadataReader.read(body.getValue(METADATA)), Map.of()));
        if (identity.person().displayName().isBlank()) {
            throw BadRequest.missing(IdentityField.DISPLAY_NAME.wire());
        }
        return identity;
    }

    /** Reads a Layer Patch of an identity (§11). */
    public static UserRequest.ChangeIdentity change(String user, JsonArray operations) {
        List<IdentityChange> changes = new ArrayList<>(operations.size());
        for (Object each : operations) {
            if (!(each instanceof JsonObject operation)) {
                throw BadRequest.of(ErrorCode.INVALID_REQUEST, "Each operation must be an object.");
            }
            changes.add(change(operation));
        }
        return new UserRequest.ChangeIdentity(user, changes);
    }

    private static IdentityChange change(JsonObject operation) {
        List<String> path = PatchReader.path(PatchReader.text(operation, "property"));
        String kind = PatchReader.text(operation, "operation");
        if (!kind.equals("set") && !kind.equals("delete")) {
            throw BadRequest.invalid("operation", "What an identity holds can be set and deleted.");
        }
        boolean isSet = kind.equals("set");
        Object value = operation.getValue("value");
        if (path.getFirst().equals(METADATA)) {
            return metadata(path.subList(1, path.size()), isSet, value);
        }
        IdentityField field =
                path.size() == 1 ? IdentityField.of(path.getFirst()).orElse(null) : null;
        if (field == null) {
            throw BadRequest.invalid("property", "An identity has no such property.");
        }
        return new SetField(field, isSet ? text(field, value) : "");
    }

    private static IdentityChange metadata(List<String> path, boolean isSet, @Nullable Object value) {
        if (!isSet) {
            return path.isEmpty() ? new SetProfileMetadata(path, Map.of()) : new DeleteProfileMetadata(path);
        }
        return new SetProfileMetadata(path, PatchReader.value(path, value));
    }

    private static String text(IdentityField field, @Nullable Object value) {
        String text = switch (value) {
            case null -> "";
            case String given -> given;
            default -> throw BadRequest.invalid(field.wire(), field.wire() + " must be text.");
        };
        if (text.length() > LONGEST_TEXT) {
            throw BadRequest.invalid(field.wire(), field.wire() + " is too long.");
        }
        if (field == IdentityField.TYPE) {
            return type(text);
        }
        return text;
    }

    private static String type(String text) {
        if (text.isEmpty()) {
            return IdentityType.USER.wire();
        }
        return IdentityType.of(text)
                .orElseThrow(() -> BadRequest.invalid("type", "type must be user or bot."))
                .wire();
    }
}
