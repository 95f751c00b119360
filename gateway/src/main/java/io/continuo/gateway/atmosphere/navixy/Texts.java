package io.continuo.gateway.atmosphere.navixy;

import io.continuo.gateway.subject.Interest.Kind;
import io.continuo.gateway.subject.SubjectEvent;
import io.continuo.gateway.subject.SubjectStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what clients are sent (protocol/atmosphere.md §6.4–6.8). */
final class Texts {
    private static final DateTimeFormatter PLAIN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final boolean wrapsStates;

    /** @param wrapsStates whether states of a batch stand in an envelope each */
    Texts(Clock clock, boolean wrapsStates) {
        this.clock = clock;
        this.wrapsStates = wrapsStates;
    }

    static String subscribed(Map<Kind, Map<Long, SubjectStatus>> statuses) {
        return subscribed(statuses, Map.of());
    }

    /** @param others what there is to say of kinds that are no subjects' */
    static String subscribed(Map<Kind, Map<Long, SubjectStatus>> statuses, Map<String, JsonObject> others) {
        return response(Request.Action.SUBSCRIBE, statuses, others);
    }

    /** @param trackers what was asked for, and whether it was subscribed to */
    static String unsubscribed(Map<Kind, Map<Long, SubjectStatus>> trackers, Map<String, JsonObject> others) {
        return response(Request.Action.UNSUBSCRIBE, trackers, others);
    }

    private static String response(
            Request.Action action, Map<Kind, Map<Long, SubjectStatus>> trackers, Map<String, JsonObject> others) {
        JsonArray events = new JsonArray();
        JsonObject data = new JsonObject();
        trackers.forEach((kind, asked) -> {
            events.add(InterestReader.wire(kind));
            data.put(InterestReader.wire(kind), success(statuses(asked)));
        });
        others.forEach((kind, value) -> {
            events.add(kind);
            data.put(kind, success(value));
        });
        return response(action, events, data);
    }

    /** In the form of former times. */
    static String formerlyUnsubscribed(List<Kind> kinds, List<Long> trackers) {
        JsonArray events = new JsonArray();
        kinds.forEach(kind -> events.add(InterestReader.wire(kind)));
        return response(Request.Action.UNSUBSCRIBE, events, new JsonArray(List.copyOf(trackers)));
    }

    static String error(String action, Fault fault) {
        JsonObject error = new JsonObject()
                .put("type", "error")
                .put("action", action)
                .put("status", new JsonObject().put("code", fault.code()).put("description", fault.description()));
        if (!fault.detail().isEmpty()) {
            error.put("data", new JsonObject().put("message", fault.detail()));
        }
        return error.encode();
    }

    static String logout() {
        return "{\"type\":\"event\",\"event\":\"logout\",\"data\":\"session closed\"}";
    }

    /** @param iso whether times are written as in ISO 8601 */
    String event(SubjectEvent event, boolean iso) {
        return switch (event) {
            case SubjectEvent.State state -> timed("state", state.state(), iso);
            case SubjectEvent.States states ->
                timed(
                        "state_batch",
                        states.states().stream().map(this::wrapped).collect(Collectors.joining(",", "[", "]")),
                        iso);
            case SubjectEvent.Readings readings ->
                timed(
                        "readings_batch",
                        readings.parts().stream()
                                .map(part -> "{\"" + part.subject() + "\":" + part.readings() + '}')
                                .collect(Collectors.joining(",", "[", "]")),
                        iso);
            case SubjectEvent.Iot iot ->
                "{\"type\":\"event\",\"event\":\"iot_monitor\",\"data\":{\"iot_last_values\":["
                        + String.join(",", iot.items()) + "]}}";
            case SubjectEvent.Change change ->
                "{\"type\":\"event\",\"event\":\"lifecycle\",\"data\":{\"source_id\":" + change.sourceId()
                        + ",\"lifecycle_event\":\"" + change.event().wire() + "\"}}";
        };
    }

    private String wrapped(String state) {
        return wrapsStates ? "{\"type\":\"source_state_event\",\"state\":" + state + '}' : state;
    }

    private String timed(String event, String data, boolean iso) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return "{\"type\":\"event\",\"event\":\"" + event + "\",\"user_time\":\"" + (iso ? now : PLAIN.format(now))
                + "\",\"data\":" + data + '}';
    }

    private static JsonObject statuses(Map<Long, SubjectStatus> trackers) {
        JsonObject statuses = new JsonObject();
        trackers.forEach((tracker, status) -> statuses.put(tracker.toString(), status.wire()));
        return statuses;
    }

    private static JsonObject success(JsonObject value) {
        return new JsonObject().put("success", true).put("value", value);
    }

    private static String response(Request.Action action, JsonArray events, Object data) {
        return new JsonObject()
                .put("type", "response")
                .put("action", action.answered())
                .put("events", events)
                .put("data", data)
                .encode();
    }
}
