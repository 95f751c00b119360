package io.continuo.standalone.client;

import io.continuo.common.model.LayerId;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two people of their own, with a channel, a conversation in which each has said something, and everything that both are told. All
 * stages look alike: what is seen on one is told in names that are the same on every other.
 */
public final class Stage implements AutoCloseable {
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z";
    /** An announcement's position is its time (protocol/layer.md §20, 18). */
    private static final String TIMELY_POSITION = "\"position\":\\d{13}";

    /** A server token that has to be good. */
    public static final String BACKEND = "server-token-of-the-stage";

    public final String ines;
    public final String omar;
    public final String conversation = Rest.newId("conversations");
    public final String channel = Rest.newId("channels");
    public final String announcement = Rest.newId("announcements");
    public final String mine = Rest.newId("messages");
    public final String part = mine + "/parts/" + LayerId.newUuid();
    public final String theirs = Rest.newId("messages");

    private final Rest rest;
    private final Socket socket;
    private final Socket other;
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> names = new LinkedHashMap<>();
    private volatile int toldBeforeResponse;

    public Stage(String base, int number) throws Exception {
        ines = "ines" + number;
        omar = "omar" + number;
        rest = Rest.login(base, ines, "3.0");
        Rest others = Rest.login(base, omar, "3.0");
        names.put(conversation, "<conversation>");
        names.put(announcement, "<announcement>");
        names.put(uuid(announcement), "<announcement>");
        names.put(channel, "<channel>");
        names.put(uuid(channel), "<channel>");
        names.put(uuid(part), "<part>");
        names.put(mine, "<mine>");
        names.put(theirs, "<theirs>");
        names.put(uuid(conversation), "<conversation>");
        names.put(uuid(mine), "<mine>");
        names.put(uuid(theirs), "<theirs>");
        names.put(ines, "<ines>");
        names.put(omar, "<omar>");
        socket = Socket.open(base, rest.token(), "layer-3.0", "", packet -> hear("ines", packet));
        other = Socket.open(base, others.token(), "layer-3.0", "", packet -> hear("omar", packet));
        expect(rest.post(
                "/conversations",
                new JsonObject().put("id", conversation).put("participants", new JsonArray().add(omar))));
        expect(rest.post(
                "/channels",
                new JsonObject()
                        .put("id", channel)
                        .put("name", "channel of " + ines)
                        .put("members", new JsonArray().add(omar))));
        expect(rest.post(
                messages(),
                new JsonObject()
                        .put("id", mine)
                        .put(
                                "parts",
                                new JsonArray()
                                        .add(part("text").put("id", part))
                                        .add(part("more")))));
        expect(others.post(messages(), message(theirs)));
        announce(base);
    }

    public Rest rest() {
        return rest;
    }

    public Socket socket() {
        return socket;
    }

    /** All changes of which the two were told, each with who was. */
    public List<String> told() {
        synchronized (told) {
            return told.stream().map(this::named).sorted().toList();
        }
    }

    /** The same with the names that all stages have, and the fields of objects in the order of their keys. */
    public String named(String json) {
        String text = Json.encode(sorted(Json.decodeValue(json)));
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return text.replaceAll(UUID, "<new>")
                .replaceAll(TIME, "<time>")
                .replaceAll(TIMELY_POSITION, "\"position\":\"<time>\"");
    }

    private static @Nullable Object sorted(@Nullable Object json) {
        return switch (json) {
            case null -> null;
            case JsonObject object -> {
                Map<String, @Nullable Object> fields = new TreeMap<>();
                object.forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
                yield new JsonObject(new LinkedHashMap<>(fields));
            }
            case JsonArray array ->
                new JsonArray(array.stream().map(Stage::sorted).collect(Collectors.toList()));
            default -> json;
        };
    }

    /** A message's JSON. */
    public static JsonObject message() {
        return new JsonObject().put("parts", new JsonArray().add(part("text")));
    }

    /** A part's JSON. */
    public static JsonObject part(String body) {
        return new JsonObject().put("mime_type", "text/plain").put("body", body);
    }

    private static JsonObject message(String id) {
        return message().put("id", id);
    }

    public static String uuid(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        socket.cut();
        other.cut();
    }

    /** Tells Ines something, as the app's backend. */
    private void announce(String base) throws Exception {
        JsonObject body = message(announcement)
                .put("recipients", new JsonArray().add(ines))
                .put("sender_id", omar);
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/apps/" + LayerId.newUuid() + "/announcements"))
                .header("Accept", "application/vnd.layer+json; version=3.0")
                .header("Authorization", "Bearer " + BACKEND)
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        HttpResponse<String> response = Rest.HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 202) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
    }

    private String messages() {
        return "/conversations/" + uuid(conversation) + "/messages";
    }

    /** How many changes Ines had been told of when the last response came. */
    public int toldBeforeResponse() {
        return toldBeforeResponse;
    }

    private void hear(String who, JsonObject packet) {
        if (packet.getString("type").equals("response")) {
            toldBeforeResponse = toldTo("ines");
        }
        if (packet.getString("type").equals("change")
                || packet.getString("type").equals("operation")) {
            told.add(new JsonObject()
                    .put("to", who)
                    .put("body", packet.getJsonObject("body"))
                    .encode());
        }
    }

    /** How many changes somebody was told of: {@code ines} or {@code omar}. */
    public int toldTo(String who) {
        synchronized (told) {
            return (int) told.stream()
                    .filter(packet -> packet.startsWith("{\"to\":\"" + who + "\""))
                    .count();
        }
    }

    private static void expect(HttpResponse<String> response) {
        if (response.statusCode() != 201) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
    }
}
