package io.continuo.gateway.dialect;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.PartEdit;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.UserId;
import io.continuo.common.settings.LimitSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads clients' JSON into requests to the services; throws {@link BadRequest}. Immutable. */
public final class RequestReader {
    private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,3}");

    private final LimitSettings limits;
    private final PartReader parts;
    private final NotificationReader notifications;

    public RequestReader(Dialect dialect, LimitSettings limits) {
        this.limits = limits;
        this.parts = new PartReader(dialect, limits.inlineBodyBytes());
        this.notifications = new NotificationReader(limits.participants());
    }

    /**
     * Reads {@code Conversation.create} (protocol/layer.md §7.2).
     *
     * @param data null when the client sent none
     */
    public ConversationRequest.CreateConversation conversationCreate(String user, @Nullable JsonObject data) {
        JsonObject given = data == null ? new JsonObject() : data;
        return new ConversationRequest.CreateConversation(
                user,
                chosenId("conversations", given.getValue("id")),
                participants(user, given.getValue("participants")),
                distinct(given.getValue("distinct")),
                MetadataReader.read(given.getValue("metadata")));
    }

    /**
     * Reads a Layer Patch of a conversation (§11, §13.4).
     *
     * @param conversationId bare UUID
     */
    public ConversationRequest.ChangeConversation conversationChange(
            String user, String conversationId, JsonArray operations) {
        return new ConversationRequest.ChangeConversation(user, conversationId, PatchReader.read(user, operations));
    }

    /**
     * Reads {@code Channel.create} (§7.5).
     *
     * @param data null when the client sent none
     */
    public ConversationRequest.CreateChannel channelCreate(String user, @Nullable JsonObject data) {
        JsonObject given = data == null ? new JsonObject() : data;
        String id = chosenId("channels", given.getValue("id"));
        String name = ChannelNameReader.read(given.getValue("name"));
        List<String> members = members(user, given.getValue("members"));
        return new ConversationRequest.CreateChannel(
                user, ContainerId.channel(id), name, members, MetadataReader.read(given.getValue("metadata")));
    }

    /**
     * Reads a Layer Patch of a channel (§11, §13.9).
     *
     * @param channelId of {@link ContainerId}
     */
    public ConversationRequest.ChangeConversation channelChange(String user, String channelId, JsonArray operations) {
        return new ConversationRequest.ChangeConversation(user, channelId, PatchReader.readOfChannel(operations));
    }

    /**
     * Reads {@code Message.create} (§7.3).
     *
     * @param conversationId of {@link ContainerId}
     * @param data null when the client sent none
     */
    public MessageRequest.CreateMessage messageCreate(String user, String conversationId, @Nullable JsonObject data) {
        JsonObject given = data == null ? new JsonObject() : data;
        return new MessageRequest.CreateMessage(
                user,
                conversationId,
                chosenId("messages", given.getValue("id")),
                parts.read(given.getValue("parts")),
                notifications.read(user, given.getValue("notification")));
    }

    /**
     * Reads a part that is to be added to a message that was sent (§14.1).
     *
     * @param messageId bare UUID
     * @param data null when the client sent none
     */
    public MessageRequest.ChangePart partAdd(String user, String messageId, @Nullable JsonObject data) {
        return new MessageRequest.ChangePart(user, messageId, new PartEdit.Add(parts.one(data)));
    }

    /** Reads what is to stand in a part's place; see {@link #partAdd} and {@link #partName}. */
    public MessageRequest.ChangePart partReplace(
            String user, String messageId, String part, @Nullable JsonObject data) {
        return new MessageRequest.ChangePart(user, messageId, new PartEdit.Replace(part, parts.one(data)));
    }

    /** Reads a Layer Patch of a part; see {@link #partName}. */
    public MessageRequest.ChangePart partPatch(String user, String messageId, String part, JsonArray operations) {
        return new MessageRequest.ChangePart(user, messageId, parts.patch(part, operations));
    }

    /**
     * What names a part in its message: a bare UUID, or an index in digits as 1.0 and 2.0 have it.
     *
     * @param id a part's whole id, or its last element
     * @throws BadRequest not_found for what cannot be one
     */
    public static String partName(String id) {
        String name = id.substring(id.lastIndexOf('/') + 1);
        return INDEX.matcher(name).matches() ? name : objectId("parts", name);
    }

    /**
     * Reads a receipt (§13.5), {@code {"type": "read" | "delivery"}}.
     *
     * @param messageId bare UUID
     * @param data null when the client sent none
     */
    public MessageRequest.MarkMessage receipt(String user, String messageId, @Nullable JsonObject data) {
        Object type = data == null ? null : data.getValue("type");
        if (type == null) {
            throw BadRequest.missing("type");
        }
        ReceiptStatus status = switch (type.toString()) {
            case "read" -> ReceiptStatus.READ;
            case "delivery" -> ReceiptStatus.DELIVERED;
            default -> throw BadRequest.invalid("type", "type must be read or delivery.");
        };
        return new MessageRequest.MarkMessage(user, messageId, status);
    }

    /**
     * Reads {@code {"position": n | null}} (§13.4).
     *
     * @param conversationId bare UUID
     * @param data without a position it means everything
     */
    public ConversationRequest.MarkAllRead markAllRead(String user, String conversationId, JsonObject data) {
        return switch (data.getValue("position")) {
            case null -> new ConversationRequest.MarkAllRead(user, conversationId, null);
            case Integer position -> new ConversationRequest.MarkAllRead(user, conversationId, position.longValue());
            case Long position -> new ConversationRequest.MarkAllRead(user, conversationId, position);
            default -> throw BadRequest.invalid("position", "position must be a whole number or null.");
        };
    }

    /**
     * The bare UUID of a request's {@code object_id}, or of an id in a path.
     *
     * @param type plural, as in ids: {@code conversations}, {@code messages}
     * @throws BadRequest missing_property {@code object_id}, or not_found for what cannot be an id
     */
    public static String objectId(String type, @Nullable Object id) {
        if (id == null) {
            throw BadRequest.missing("object_id");
        }
        return LayerId.uuid(type, id.toString())
                .orElseThrow(() -> BadRequest.of(ErrorCode.NOT_FOUND, "There is no such object."));
    }

    /**
     * The conversation or channel that an {@code object_id} names, as an id of {@link ContainerId}.
     *
     * @throws BadRequest as {@link #objectId}
     */
    public static String containerId(@Nullable Object id) {
        if (id == null) {
            throw BadRequest.missing("object_id");
        }
        return LayerId.containerId(id.toString())
                .orElseThrow(() -> BadRequest.of(ErrorCode.NOT_FOUND, "There is no such object."));
    }

    private static String chosenId(String type, @Nullable Object id) {
        return id == null
                ? LayerId.newUuid()
                : LayerId.uuid(type, id.toString())
                        .orElseThrow(() -> BadRequest.of(
                                ErrorCode.INVALID_REQUEST_ID, "id must be a UUID or layer:///" + type + "/<UUID>."));
    }

    private static boolean distinct(@Nullable Object distinct) {
        return switch (distinct) {
            case null -> false;
            case Boolean given -> given;
            default -> throw BadRequest.invalid("distinct", "distinct must be true or false.");
        };
    }

    /** User ids and identity ids, whatever the version: clients mix them (§11). */
    private List<String> participants(String user, @Nullable Object given) {
        List<String> users = users(user, given);
        if (users.isEmpty()) {
            throw BadRequest.missing("participants");
        }
        if (users.size() > limits.participants()) {
            throw BadRequest.invalid(
                    "participants", "There may be at most " + limits.participants() + " participants.");
        }
        return users;
    }

    /** The users of the caller's app that are to be members of a channel; nobody when none are named. */
    private List<String> members(String caller, @Nullable Object given) {
        if (given == null) {
            return List.of();
        }
        if (!(given instanceof JsonArray list) || list.size() > limits.participants()) {
            throw BadRequest.invalid("members", "members must be a list of at most " + limits.participants() + " ids.");
        }
        List<String> users = new ArrayList<>(list.size());
        for (Object each : list) {
            users.add(user(caller, "members", each));
        }
        return users;
    }

    /** Users of the app of {@code caller}, as they are called inside. */
    static List<String> users(String caller, @Nullable Object given) {
        if (given == null) {
            throw BadRequest.missing("participants");
        }
        if (!(given instanceof JsonArray list)) {
            throw BadRequest.invalid("participants", "participants must be a list of ids.");
        }
        List<String> users = new ArrayList<>(list.size());
        list.forEach(id -> users.add(participant(caller, id)));
        return users;
    }

    static String participant(String caller, @Nullable Object id) {
        return user(caller, "participants", id);
    }

    /**
     * The user of the app of {@code caller} whom a user id or an identity id names, as they are called inside.
     *
     * @param property that is at fault when it names nobody
     */
    public static String user(String caller, String property, @Nullable Object id) {
        String given = id instanceof String text ? LayerId.userId(text) : "";
        if (!UserId.isValid(given)) {
            throw BadRequest.invalid(
                    property, property + ": a user's id is 1 to 512 characters, none of them a control character.");
        }
        return UserId.beside(caller, given);
    }
}
