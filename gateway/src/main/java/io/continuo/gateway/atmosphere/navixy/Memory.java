package io.continuo.gateway.atmosphere.navixy;

import io.continuo.common.event.Position;
import io.continuo.gateway.login.HashOutcome;
import io.continuo.gateway.subject.Cursor;
import io.continuo.gateway.subject.Interest;
import io.continuo.gateway.subject.Interest.Kind;
import io.continuo.gateway.subject.Interest.Projection;
import io.continuo.gateway.subject.Interest.Target;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is remembered of a client so that any gateway can go on where it was: for whom it has subscribed, to what, and up to
 * where it has everything. Hashes themselves are not written down.
 */
final class Memory {
    /**
     * @param since when it was subscribed to, microseconds since the epoch, and not after that by anybody's clock
     * @param cursor {@link Cursor#NONE} when nothing is known
     * @param people of messages, since the position up to which the client has everything
     */
    record Remembered(HashOutcome.Known login, List<Interest> interests, long since, Cursor cursor, People people) {
        Remembered(HashOutcome.Known login, List<Interest> interests, long since, Cursor cursor) {
            this(login, interests, since, cursor, People.NONE);
        }
    }

    private Memory() {}

    static JsonObject state(HashOutcome.Known login, List<Interest> interests, long since) {
        return state(login, interests, since, People.NONE);
    }

    static JsonObject state(HashOutcome.Known login, List<Interest> interests, long since, People people) {
        JsonArray all = new JsonArray();
        interests.forEach(interest -> all.add(interest(interest)));
        JsonObject state = new JsonObject()
                .put("user", login.user())
                .put("key", login.key())
                .put("api", login.apiKey())
                .put("began", login.beganMs())
                .put("expires", login.expiresAtMs())
                .put("since", since)
                .put("interests", all);
        people.messages()
                .flatMap(People.Messages::since)
                .ifPresent(from -> state.put(People.MESSAGES, from.toString()));
        people.presence().ifPresent(presence -> state.put(People.PRESENCE, new JsonArray(presence.only())));
        return state;
    }

    /** By what name a login's position among messages is remembered, beside the login's cursor. */
    static String mailKey(String key) {
        return key + '/' + People.MESSAGES;
    }

    /** @param cursors from a login's key to its cursor; empty for nothing known */
    static Optional<Position> mailPosition(String cursors, String key) {
        return cursors.isEmpty()
                ? Optional.empty()
                : Position.parse(new JsonObject(cursors).getString(mailKey(key), ""));
    }

    /**
     * @param state a list of what {@link #state} makes
     * @param cursors from a login's key to its cursor
     */
    static List<Remembered> read(String state, String cursors) {
        List<Remembered> all = new ArrayList<>();
        if (state.isEmpty()) {
            return all;
        }
        JsonObject positions = cursors.isEmpty() ? new JsonObject() : new JsonObject(cursors);
        try {
            for (Object each : new JsonArray(state)) {
                JsonObject one = (JsonObject) each;
                String key = one.getString("key");
                all.add(new Remembered(
                        login(one),
                        interests(one.getJsonArray("interests")),
                        one.getLong("since"),
                        Cursor.parse(positions.getString(key, "")).orElse(Cursor.NONE),
                        people(one, mailPosition(cursors, key))));
            }
        } catch (DecodeException | ClassCastException | IllegalArgumentException unreadable) {
            throw new IllegalStateException("What was remembered of a client cannot be read", unreadable);
        }
        return all;
    }

    /** @param arrived up to where messages are known to have arrived; empty for not since it was subscribed to */
    private static People people(JsonObject one, Optional<Position> arrived) {
        Optional<People.Messages> messages = Optional.ofNullable(one.getString(People.MESSAGES))
                .map(from -> new People.Messages(arrived.or(() -> Position.parse(from))));
        Optional<People.Presence> presence = Optional.ofNullable(one.getJsonArray(People.PRESENCE))
                .map(only -> new People.Presence(only.stream()
                        .map(user -> Objects.requireNonNull(user).toString())
                        .toList()));
        return new People(messages, presence);
    }

    private static HashOutcome.Known login(JsonObject one) {
        return new HashOutcome.Known(
                one.getString("user"),
                one.getString("key"),
                one.getBoolean("api"),
                one.getLong("began"),
                one.getLong("expires"));
    }

    private static JsonObject interest(Interest interest) {
        JsonObject written =
                new JsonObject().put("kind", interest.kind().name()).put("rate", interest.rateLimitMs());
        switch (interest.target()) {
            case Interest.All ignored -> {}
            case Interest.Selected selected -> written.put("ids", new JsonArray(List.copyOf(selected.ids())));
        }
        Projection projection = interest.projection();
        return written.put("compact", projection.compact())
                .put("sensor", projection.sensorType())
                .put("components", projection.components())
                .put("iso", projection.isoDates());
    }

    private static List<Interest> interests(JsonArray written) {
        List<Interest> interests = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            JsonObject one = written.getJsonObject(i);
            interests.add(new Interest(
                    Kind.valueOf(one.getString("kind")),
                    target(one),
                    new Projection(
                            one.getBoolean("compact"),
                            one.getString("sensor"),
                            one.getBoolean("components"),
                            one.getBoolean("iso")),
                    one.getLong("rate")));
        }
        return interests;
    }

    private static Target target(JsonObject one) {
        JsonArray ids = one.getJsonArray("ids");
        return ids == null
                ? new Interest.All()
                : new Interest.Selected(ids.stream()
                        .map(id -> ((Number) Objects.requireNonNull(id)).longValue())
                        .toList());
    }
}
