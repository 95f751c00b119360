package io.continuo.chaos.talk;

import io.continuo.chaos.log.Line;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Puts packets of layer-2.0 into the lines of a log. */
final class PacketLines {
    private PacketLines() {}

    static Line.Packet of(JsonObject packet) {
        long counter = packet.getLong("counter");
        JsonObject body = packet.getJsonObject("body");
        return switch (packet.getString("type")) {
            case "change" ->
                packet.containsKey("position")
                        ? change(counter, packet.getString("position"), body)
                        : presence(counter, body);
            case "operation" -> operation(counter, packet.getString("position"), body);
            default -> new Line.Other(counter, packet.getString("type"));
        };
    }

    private static Line.Packet change(long counter, String position, JsonObject body) {
        JsonObject object = body.getJsonObject("object");
        String what = object.getString("type") + "." + body.getString("operation");
        return switch (what) {
            case "Message.create" ->
                new Line.MessageCreated(
                        counter,
                        position,
                        Client.uuid(body.getJsonObject("data")
                                .getJsonObject("conversation")
                                .getString("id")),
                        Client.uuid(object.getString("id")));
            case "Conversation.update" ->
                new Line.ConversationUpdated(
                        counter,
                        position,
                        Client.uuid(object.getString("id")),
                        last(body.getJsonArray("data")),
                        set(body.getJsonArray("data"), "unread_message_count", "value"));
            default -> new Line.OtherChange(counter, position, what);
        };
    }

    private static String last(JsonArray operations) {
        return Client.uuid(set(operations, "last_message", "id"));
    }

    /** What is in {@code field} of the operation that sets {@code property}. */
    private static String set(JsonArray operations, String property, String field) {
        for (Object each : operations) {
            if (each instanceof JsonObject operation && property.equals(operation.getString("property"))) {
                return String.valueOf(operation.getValue(field));
            }
        }
        return Line.NONE;
    }

    private static Line.Packet presence(long counter, JsonObject body) {
        String status = set(body.getJsonArray("data"), "presence.status", "value");
        return new Line.Presence(
                counter, Client.uuid(body.getJsonObject("object").getString("id")), status);
    }

    private static Line.Packet operation(long counter, String position, JsonObject body) {
        if (body.getString("method").equals("Session.resumed")) {
            JsonObject data = body.getJsonObject("data");
            return new Line.Resumed(
                    counter,
                    data.getString("verdict"),
                    String.valueOf(data.getString("from")),
                    String.valueOf(data.getString("to")));
        }
        return position == null
                ? new Line.Other(counter, body.getString("method"))
                : new Line.OtherChange(counter, position, body.getString("method"));
    }
}
