package io.continuo.messaging.conversation;

import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.ConversationChange.AddParticipant;
import io.continuo.common.model.ConversationChange.DeleteMetadata;
import io.continuo.common.model.ConversationChange.RemoveParticipant;
import io.continuo.common.model.ConversationChange.SetMetadata;
import io.continuo.common.model.ConversationChange.SetName;
import io.continuo.common.model.ConversationChange.SetParticipants;
import io.continuo.common.model.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Changes of a conversation as the script reads and writes them: JSON, each step with its {@code op}. */
final class Steps {
    private Steps() {}

    /** @param user whose changes they are */
    static String text(String user, List<ConversationChange> changes) {
        return StoredJson.text(
                changes.stream().map(change -> step(user, change)).toList());
    }

    private static Map<String, Object> step(String user, ConversationChange change) {
        return switch (change) {
            case SetMetadata set ->
                set.path().isEmpty()
                        ? Map.of("op", "metadata", "value", set.value())
                        : Map.of("op", "set", "path", set.path(), "value", set.value());
            case DeleteMetadata delete -> Map.of("op", "delete", "path", delete.path());
            case SetName name ->
                Map.of("op", "name", "value", name.name(), "digest", ChannelName.digest(user, name.name()));
            case AddParticipant add -> Map.of("op", "add", "user", add.person().userId());
            case RemoveParticipant remove -> Map.of("op", "remove", "user", remove.user());
            case SetParticipants replace -> Map.of("op", "replace", "users", replace.users());
        };
    }

    /** Reads the steps that a script has carried out; who was added is but an id. */
    static List<ConversationChange> read(String json) {
        List<ConversationChange> changes = new ArrayList<>();
        for (Map<String, Object> step : StoredJson.maps(json)) {
            changes.add(change(step));
        }
        return changes;
    }

    private static ConversationChange change(Map<String, Object> step) {
        String op = String.valueOf(step.get("op"));
        return switch (op) {
            case "metadata" -> new SetMetadata(List.of(), Objects.requireNonNull(step.get("value")));
            case "set" -> new SetMetadata(path(step), Objects.requireNonNull(step.get("value")));
            case "delete" -> new DeleteMetadata(path(step));
            case "name" -> new SetName(String.valueOf(step.get("value")));
            case "add" -> new AddParticipant(Person.of(String.valueOf(step.get("user"))));
            case "remove" -> new RemoveParticipant(String.valueOf(step.get("user")));
            default -> throw new IllegalArgumentException("Not a step: " + op);
        };
    }

    private static List<String> path(Map<String, Object> step) {
        return step.get("path") instanceof List<?> path
                ? path.stream().map(String::valueOf).toList()
                : List.of();
    }
}
