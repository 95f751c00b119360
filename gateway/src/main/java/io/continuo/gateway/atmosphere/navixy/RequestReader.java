package io.continuo.gateway.atmosphere.navixy;

import io.continuo.gateway.atmosphere.navixy.Request.Action;
import io.continuo.gateway.subject.Interest;
import io.continuo.gateway.subject.Interest.Kind;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what clients ask for, in the form of today and in that of former times (protocol/atmosphere.md §6.2, §6.3). */
final class RequestReader {
    /** What an error calls an action that cannot be made out. */
    static final String NO_ACTION = "null";

    private static final int LONGEST_NAME = 64;
    private static final int MOST_REQUESTS = 16;

    private RequestReader() {}

    /** A message as far as it could be understood. */
    sealed interface Read {
        record Understood(Request request) implements Read {}

        /** @param action what the error is to call it */
        record Faulty(String action, Fault fault) implements Read {}
    }

    static Read read(String text) {
        if (!(parse(text) instanceof JsonObject message)) {
            return new Read.Faulty(NO_ACTION, Fault.format("A message is a JSON object."));
        }
        if (!(message.getValue("action") instanceof String name)) {
            return new Read.Faulty(NO_ACTION, Fault.format("action must be a text."));
        }
        Optional<Action> action = Arrays.stream(Action.values())
                .filter(each -> name.equals(each.wire()) || name.equals(each.answered()))
                .findFirst();
        if (action.isEmpty()) {
            return new Read.Faulty(
                    name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name, Fault.WRONG_METHOD);
        }
        try {
            return new Read.Understood(request(action.get(), message));
        } catch (Fault.Thrown wrong) {
            return new Read.Faulty(action.get().answered(), wrong.fault());
        }
    }

    private static Request request(Action action, JsonObject message) {
        if (!(message.getValue("hash") instanceof String hash) || hash.isBlank()) {
            throw Fault.WRONG_HASH.thrown();
        }
        boolean iso = flag(message, "iso_datetime", false);
        boolean old = message.getValue("requests") == null && message.getValue("events") != null;
        List<JsonObject> requests = old ? List.of() : requests(message);
        List<Interest> interests = old ? former(message, iso) : interests(requests, iso);
        People people = people(requests);
        return switch (action) {
            case SUBSCRIBE -> new Request.Subscribe(hash, interests, people);
            case UNSUBSCRIBE -> new Request.Unsubscribe(hash, interests, people, old);
        };
    }

    private static List<JsonObject> requests(JsonObject message) {
        if (!(message.getValue("requests") instanceof JsonArray requests)) {
            throw Fault.format("requests must be a list.").thrown();
        }
        if (requests.isEmpty()) {
            throw Fault.invalid("requests must not be empty.").thrown();
        }
        if (requests.size() > MOST_REQUESTS) {
            throw Fault.tooLarge("At most " + MOST_REQUESTS + " requests at a time.")
                    .thrown();
        }
        List<JsonObject> read = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            if (!(requests.getValue(i) instanceof JsonObject request)) {
                throw Fault.format("A request is an object.").thrown();
            }
            read.add(request);
        }
        return read;
    }

    /** Of each kind the last. */
    private static List<Interest> interests(List<JsonObject> requests, boolean iso) {
        Map<Kind, Interest> byKind = new LinkedHashMap<>();
        for (JsonObject request : requests) {
            if (!PeopleReader.isMeant(request)) {
                Interest interest = InterestReader.read(request, iso);
                byKind.put(interest.kind(), interest);
            }
        }
        return List.copyOf(byKind.values());
    }

    private static People people(List<JsonObject> requests) {
        People people = People.NONE;
        for (JsonObject request : requests) {
            people = PeopleReader.isMeant(request) ? PeopleReader.read(request, people) : people;
        }
        return people;
    }

    /** {@code events} and {@code trackers} at the top. */
    private static List<Interest> former(JsonObject message, boolean iso) {
        if (!(message.getValue("events") instanceof JsonArray events) || events.isEmpty()) {
            throw Fault.format("events must be a list.").thrown();
        }
        List<Interest> interests = new ArrayList<>();
        for (Object event : events) {
            if (!"state".equals(event)) {
                throw Fault.invalid("events can be state only.").thrown();
            }
        }
        interests.add(InterestReader.read(
                new JsonObject().put("type", "state").put("trackers", message.getValue("trackers")), iso));
        return interests;
    }

    static boolean flag(JsonObject object, String name, boolean otherwise) {
        return switch (object.getValue(name)) {
            case null -> otherwise;
            case Boolean given -> given;
            default -> throw Fault.invalid(name + " must be true or false.").thrown();
        };
    }

    private static @Nullable Object parse(String text) {
        try {
            return Json.decodeValue(text);
        } catch (DecodeException malformed) {
            return null;
        }
    }
}
