package io.continuo.gateway.api;

import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.json.JsonObject;

/** Reads when a backend's message is to be sent: {@code schedule}, or now (protocol/layer.md §14.1). */
final class ScheduleReader {
    private static final String DELAY = "delay_in_seconds";
    private static final String TYPING = "typing_indicator_in_seconds";

    private ScheduleReader() {}

    static MessagingRequest read(String backend, MessageRequest.CreateMessage message, JsonObject body) {
        return switch (body.getValue("schedule")) {
            case null -> new MessageRequest.CreateMessageFor(backend, message);
            case JsonObject schedule ->
                new MessageRequest.ScheduleMessage(
                        backend, message, seconds(schedule, DELAY, true), seconds(schedule, TYPING, false));
            default -> throw BadRequest.invalid("schedule", "schedule must be an object with " + DELAY + ".");
        };
    }

    private static int seconds(JsonObject schedule, String property, boolean required) {
        String name = "schedule." + property;
        return switch (schedule.getValue(property)) {
            case null -> {
                if (required) {
                    throw BadRequest.missing(name);
                }
                yield 0;
            }
            case Integer seconds -> seconds;
            default -> throw BadRequest.invalid(name, name + " must be a whole number of seconds.");
        };
    }
}
