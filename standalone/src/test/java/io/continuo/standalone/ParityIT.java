package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.gateway.api.ClientOperations;
import io.continuo.gateway.api.Operation;
import io.continuo.standalone.client.Stage;
import io.continuo.standalone.process.ContinuoProcess;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever changes something does the same by REST and by WebSocket: the same answer, the same news for everybody. */
class ParityIT {
    private static final int NO_CONTENT = 204;

    private static ContinuoProcess continuo;
    private static int stages;

    @BeforeAll
    static void start() throws Exception {
        continuo = ContinuoProcess.start(Map.of(
                "CONTINUO_DATA_DIR",
                Files.createTempDirectory("continuo").toString(),
                "CONTINUO_SERVER_TOKENS",
                Stage.BACKEND));
    }

    @AfterAll
    static void stop() throws Exception {
        continuo.stop();
    }

    /**
     * Something that Ines does.
     *
     * @param object what it is done to; null for nothing
     * @param data for the socket; what REST takes from query or body
     * @param silent nobody is told
     */
    record Deed(
            String method,
            Function<Stage, @Nullable String> object,
            Function<Stage, @Nullable Object> data,
            boolean silent) {

        @Override
        public String toString() {
            return method;
        }
    }

    private static Deed deed(String method, Function<Stage, @Nullable String> object, Object data) {
        return new Deed(method, object, stage -> data, false);
    }

    private static Deed silently(String method, Function<Stage, @Nullable String> object, Object data) {
        return new Deed(method, object, stage -> data, true);
    }

    static List<Deed> deeds() {
        Function<Stage, @Nullable String> nothing = stage -> null;
        Function<Stage, @Nullable String> conversation = stage -> stage.conversation;
        Function<Stage, @Nullable String> channel = stage -> stage.channel;
        Function<Stage, @Nullable String> mine = stage -> stage.mine;
        Function<Stage, @Nullable String> announcement = stage -> stage.announcement;
        Function<Stage, @Nullable String> part = stage -> stage.part;
        Function<Stage, @Nullable String> zoe = stage -> "layer:///identities/zoe";
        Function<Stage, @Nullable String> omar = stage -> "layer:///identities/" + stage.omar;
        Function<Stage, @Nullable String> theirs = stage -> stage.theirs;
        return List.of(
                new Deed(
                        "Conversation.create",
                        nothing,
                        stage -> new JsonObject().put("participants", new JsonArray().add(stage.omar)),
                        false),
                deed("Conversation.update", conversation, set("metadata.title", "Orchard")),
                deed("Conversation.delete", conversation, new JsonObject().put("mode", "all_participants")),
                deed(
                        "Conversation.delete",
                        conversation,
                        new JsonObject().put("mode", "my_devices").put("leave", true)),
                deed("Conversation.mark_all_read", conversation, new JsonObject()),
                new Deed(
                        "Channel.create",
                        nothing,
                        stage -> new JsonObject()
                                .put("name", "orchard of " + stage.ines)
                                .put("members", new JsonArray().add(stage.omar)),
                        false),
                deed("Channel.update", channel, set("metadata.title", "Orchard")),
                deed("Channel.delete", channel, new JsonObject().put("mode", "all_participants")),
                deed("ChannelMessage.create", channel, Stage.message()),
                deed("Membership.create", stage -> stage.channel + "/members/zoe", new JsonObject()),
                deed("Membership.delete", stage -> stage.channel + "/members/" + stage.omar, new JsonObject()),
                deed("Message.create", conversation, Stage.message()),
                deed("Conversation.delete", conversation, new JsonObject().put("mode", "my_devices")),
                deed("Message.delete", mine, new JsonObject().put("mode", "all_participants")),
                deed("Message.delete", theirs, new JsonObject().put("mode", "my_devices")),
                deed("MessagePart.create", mine, Stage.part("more")),
                deed("MessagePart.replace", part, Stage.part("other")),
                deed("MessagePart.update", part, set("body", "changed")),
                deed("MessagePart.delete", part, new JsonObject()),
                deed("Following.create", zoe, new JsonObject()),
                deed("Following.add", nothing, new JsonArray().add("zoe")),
                deed("Following.delete", omar, new JsonObject()),
                deed("Following.remove", omar, new JsonObject()),
                silently("Block.create", omar, new JsonObject()),
                silently("Block.delete", omar, new JsonObject()),
                silently(
                        "PushToken.create",
                        nothing,
                        new JsonObject()
                                .put("device_id", "phone")
                                .put("type", "gcm")
                                .put("token", "t")),
                silently("PushToken.delete", stage -> "phone", new JsonObject()),
                deed("Announcement.mark", announcement, new JsonObject().put("type", "read")),
                deed("Announcement.delete", announcement, new JsonObject()),
                deed("Receipt.create", theirs, new JsonObject().put("type", "read")),
                deed("Receipt.create", theirs, new JsonObject().put("type", "delivery")));
    }

    @ParameterizedTest
    @MethodSource("deeds")
    void doesTheSameEitherWay(Deed deed) throws Exception {
        try (Stage first = new Stage(continuo.url(), stages++);
                Stage second = new Stage(continuo.url(), stages++)) {
            await().untilAsserted(() -> assertThat(second.told()).isNotEmpty().isEqualTo(first.told()));
            int before = first.told().size();
            int toInes = second.toldTo("ines");
            String byRest = first.named(byRest(deed, first));
            String bySocket = second.named(bySocket(deed, second));
            if (operation(deed).status() != NO_CONTENT) {
                assertThat(bySocket).isEqualTo(byRest);
            }
            assertThat(second.toldBeforeResponse())
                    .as("changes before the response")
                    .isEqualTo(toInes);
            await().untilAsserted(() -> {
                assertThat(first.told().size()).isGreaterThanOrEqualTo(before + (deed.silent ? 0 : 1));
                assertThat(second.told()).isEqualTo(first.told());
            });
            assertThat(state(second)).isEqualTo(state(first));
            assertThat(second.socket().faults()).isEmpty();
        }
    }

    @Test
    void nothingThatChangesIsLeftOut() {
        assertThat(deeds().stream().map(Deed::method).collect(Collectors.toSet()))
                .isEqualTo(ClientOperations.all().stream()
                        .filter(Operation::changes)
                        .map(Operation::name)
                        .collect(Collectors.toSet()));
    }

    /** The answer's body, or {@code {}} for none. */
    private static String byRest(Deed deed, Stage stage) {
        Operation operation = operation(deed);
        String path = path(operation, deed.object.apply(stage));
        Object data = deed.data.apply(stage);
        boolean inQuery = operation.method().name().equals("DELETE") && data instanceof JsonObject;
        String query = inQuery ? query((JsonObject) data) : "";
        String body = inQuery || data == null ? "" : Json.encode(data);
        HttpResponse<String> response = stage.rest().call(operation.method().name(), path + query, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(operation.status());
        return response.body().isEmpty() ? "{}" : new JsonObject(response.body()).encode();
    }

    private static String bySocket(Deed deed, Stage stage) throws Exception {
        Operation operation = operation(deed);
        JsonObject response = stage.socket()
                .request(operation.name(), deed.object.apply(stage), deed.data.apply(stage))
                .get(20, TimeUnit.SECONDS);
        assertThat(response.getBoolean("success")).as(response.encode()).isTrue();
        return response.getJsonObject("data").encode();
    }

    private static Operation operation(Deed deed) {
        return ClientOperations.named(deed.method).orElseThrow();
    }

    private static String path(Operation operation, @Nullable String object) {
        String path = operation.path();
        for (Map.Entry<String, String> name : operation.object().match(object).entrySet()) {
            path = path.replaceFirst(
                    ":" + name.getKey() + "\\b", URLEncoder.encode(name.getValue(), StandardCharsets.UTF_8));
        }
        return path;
    }

    private static String query(JsonObject data) {
        return data.stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("&", "?", ""));
    }

    /** What REST tells Ines afterwards. */
    private static List<String> state(Stage stage) {
        return List.of("/conversations", "/conversations/" + Stage.uuid(stage.conversation) + "/messages").stream()
                .map(path -> stage.named(stage.rest().get(path).body()))
                .toList();
    }

    private static JsonArray set(String property, String value) {
        return new JsonArray()
                .add(new JsonObject()
                        .put("operation", "set")
                        .put("property", property)
                        .put("value", value));
    }
}
