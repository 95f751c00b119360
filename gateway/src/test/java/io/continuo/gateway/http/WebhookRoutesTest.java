package io.continuo.gateway.http;

import static io.continuo.gateway.http.Edge.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.WebhookRequest;
import io.continuo.common.model.UserId;
import io.continuo.common.model.Webhook;
import io.continuo.common.model.WebhookStatus;
import io.continuo.common.model.WebhookVersion;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookRoutesTest {
    private static final String SHOP = "6b1d0c3e-0a4f-4a1b-9b61-5d8f0b1a77c2";
    private static final String W = "2f4a9c1e-7d35-4b0a-8e66-91c0d2b7a310";
    private static final String BACKEND = UserId.backend("shop");
    private static final String GOOD = "{'version': '1.0', 'target_url': 'https://x.test/h', 'secret': 's',"
            + " 'events': ['message.sent'], 'config': {'k': 'v'}}";
    private static final Webhook WEBHOOK = new Webhook(
            W,
            "shop",
            SHOP,
            WebhookVersion.V1,
            "https://x.test/h",
            List.of("message.sent"),
            "",
            Map.of("k", "v"),
            0,
            WebhookStatus.UNVERIFIED,
            "");

    private final Edge edge;

    WebhookRoutesTest(@TempDir Path directory) throws Exception {
        Path apps = Files.writeString(directory.resolve("apps.json"), """
                {"apps": [{"tag": "shop", "ids": ["%s"], "server_tokens": ["shop-token-0123456789"]}]}
                """.formatted(SHOP));
        edge = Edge.start(directory, Map.of("CONTINUO_APPS", apps.toString()));
        edge.service = request -> new Reply.WebhookFound(WEBHOOK);
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void registerAWebhook() {
        HttpResponse<String> response = edge.post(webhooks(""), GOOD);
        assertThat(response.statusCode()).isEqualTo(201);
        String url = edge.base() + "/apps/" + SHOP + "/webhooks/" + W;
        assertThat(response.headers().firstValue("Location")).contains(url);
        assertThat(json(response))
                .isEqualTo(new JsonObject()
                        .put("id", "layer:///apps/" + SHOP + "/webhooks/" + W)
                        .put("url", url)
                        .put("version", "1.0")
                        .put("target_url", "https://x.test/h")
                        .put("events", List.of("message.sent"))
                        .put("status", "unverified")
                        .put("status_reason", null)
                        .put("created_at", "1970-01-01T00:00:00.000Z")
                        .put("config", Map.of("k", "v")));
        assertThat(edge.asked)
                .singleElement()
                .isInstanceOfSatisfying(WebhookRequest.RegisterWebhook.class, register -> {
                    assertThat(register.user()).isEqualTo(BACKEND);
                    assertThat(register.appId()).isEqualTo(SHOP);
                    assertThat(register.secret()).isEqualTo("s");
                    assertThat(register.config()).isEqualTo(Map.of("k", "v"));
                });
    }

    @Test
    void askForTheOthers() {
        assertThat(edge.send(webhooks("/" + W)).statusCode()).isEqualTo(200);
        assertThat(edge.post(webhooks("/" + W + "/activate"), "").statusCode()).isEqualTo(200);
        assertThat(edge.post(webhooks("/" + W + "/deactivate"), "").statusCode())
                .isEqualTo(200);
        edge.service = request -> Reply.Done.INSTANCE;
        assertThat(edge.send(webhooks("/" + W).DELETE()).statusCode()).isEqualTo(204);
        edge.service = request -> new Reply.Webhooks(List.of(WEBHOOK));
        HttpResponse<String> list = edge.send(webhooks(""));
        assertThat(Edge.list(list)).hasSize(1);
        assertThat(edge.asked)
                .containsExactly(
                        new WebhookRequest.GetWebhook(BACKEND, W),
                        new WebhookRequest.SwitchWebhook(BACKEND, W, true),
                        new WebhookRequest.SwitchWebhook(BACKEND, W, false),
                        new WebhookRequest.DeleteWebhook(BACKEND, W),
                        new WebhookRequest.ListWebhooks(BACKEND));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            version    | {'target_url': 'x', 'secret': 's', 'events': []}                                   | missing_property
            target_url | {'version': '1.0', 'secret': 's', 'events': []}                                    | missing_property
            secret     | {'version': '1.0', 'target_url': 'x', 'events': []}                                | missing_property
            events     | {'version': '1.0', 'target_url': 'x', 'secret': 's'}                               | missing_property
            events     | {'version': '1.0', 'target_url': 'x', 'secret': 's', 'events': 'message.sent'}     | invalid_property
            events     | {'version': '1.0', 'target_url': 'x', 'secret': 's', 'events': [7]}                | invalid_property
            version    | {'version': 1, 'target_url': 'x', 'secret': 's', 'events': []}                     | invalid_property
            config     | {'version': '1.0', 'target_url': 'x', 'secret': 's', 'events': [], 'config': [1]}  | invalid_property
            """)
    void sayWhatIsWrong(String property, String body, String error) {
        HttpResponse<String> response = edge.post(webhooks(""), body.replace("''", "'"));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).getString("id")).isEqualTo(error);
        assertThat(json(response).getJsonObject("data").getString("property")).isEqualTo(property);
    }

    @Test
    void wantTheRightHeaders() {
        HttpRequest.Builder plain =
                edge.layer("/apps/" + SHOP + "/webhooks").header("Authorization", "Bearer shop-token-0123456789");
        assertThat(edge.send(plain).statusCode()).isEqualTo(406);
        HttpRequest.Builder stranger = edge.bare("/apps/" + SHOP + "/webhooks")
                .header("Accept", "application/vnd.layer.webhooks+json; version=1.0")
                .header("Authorization", "Bearer another");
        assertThat(edge.send(stranger).statusCode()).isEqualTo(401);
    }

    @Test
    void scheduleAMessage() {
        HttpRequest.Builder request = edge.layer("/apps/" + SHOP + "/conversations/" + W + "/messages")
                .header("Authorization", "Bearer shop-token-0123456789");
        edge.post(
                request,
                "{'sender_id': 'ines', 'parts': [{'mime_type': 'text/plain', 'body': 'hi'}],"
                        + " 'schedule': {'delay_in_seconds': 30, 'typing_indicator_in_seconds': 5}}");
        assertThat(edge.asked)
                .singleElement()
                .isInstanceOfSatisfying(MessageRequest.ScheduleMessage.class, schedule -> {
                    assertThat(schedule.user()).isEqualTo(BACKEND);
                    assertThat(schedule.message().user()).isEqualTo(UserId.of("shop", "ines"));
                    assertThat(schedule.delaySeconds()).isEqualTo(30);
                    assertThat(schedule.typingSeconds()).isEqualTo(5);
                });
        HttpResponse<String> wrong = edge.post(
                edge.layer("/apps/" + SHOP + "/conversations/" + W + "/messages")
                        .header("Authorization", "Bearer shop-token-0123456789"),
                "{'sender_id': 'ines', 'parts': [{'mime_type': 'text/plain', 'body': 'hi'}], 'schedule': {}}");
        assertThat(json(wrong).getJsonObject("data").getString("property")).isEqualTo("schedule.delay_in_seconds");
    }

    private HttpRequest.Builder webhooks(String path) {
        return edge.bare("/apps/" + SHOP + "/webhooks" + path)
                .header("Accept", "application/vnd.layer.webhooks+json; version=1.0")
                .header("Authorization", "Bearer shop-token-0123456789");
    }
}
