package io.continuo.standalone.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.LoginRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.UserRequest;
import io.continuo.common.model.SubjectId;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.Keys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Event subscriptions on the wire: what goes wrong, and what ends them (protocol/atmosphere.md §6). */
class NavixyIT {
    private static final String SUBSCRIPTION = "subscription/subscribe";
    private static Town town;

    @BeforeAll
    static void start() throws Exception {
        town = new Town();
    }

    @AfterAll
    static void stop() {
        town.close();
    }

    @Test
    void whatCannotBeUnderstoodIsToldWithItsCodeAndNothingEnds() {
        Caller ana = town.call(0);
        String hash = town.token("ana");
        assertThat(ana.ask("no JSON"))
                .isEqualTo(error("null", 5, "Wrong request format", "A message is a JSON object."));
        assertThat(ana.ask("{\"action\":7}"))
                .isEqualTo(error("null", 5, "Wrong request format", "action must be a text."));
        assertThat(ana.ask("{\"action\":\"explode\"}")).isEqualTo(error("explode", 112, "Wrong method", null));
        assertThat(ana.ask("{\"action\":\"subscribe\",\"hash\":\"" + hash + "\"}"))
                .isEqualTo(error(SUBSCRIPTION, 5, "Wrong request format", "requests must be a list."));
        assertThat(ana.subscribe(hash, new JsonObject().put("type", "weather")))
                .isEqualTo(error(
                        SUBSCRIPTION,
                        7,
                        "Invalid parameters",
                        "type must be one of state, state_batch, readings_batch, iot_monitor, messages, presence."));
        JsonArray eleven = new JsonArray(IntStream.rangeClosed(1, 11).boxed().toList());
        JsonObject tooMany = new JsonObject()
                .put("type", "iot_monitor")
                .put("target", new JsonObject().put("type", "selected").put("tracker_ids", eleven));
        assertThat(ana.subscribe(hash, tooMany))
                .isEqualTo(error(SUBSCRIPTION, 9, "Too large request", "At most 10 trackers."));
        assertThat(ana.subscribeToAll("")).isEqualTo(error(SUBSCRIPTION, 3, "Wrong hash", null));
        assertThat(ana.subscribeToAll("nonsense")).isEqualTo(error(SUBSCRIPTION, 3, "Wrong hash", null));
        assertThat(ana.subscribeToAll("f".repeat(32)))
                .isEqualTo(error(SUBSCRIPTION, 4, "User or API key not found or session ended", null));
        assertThat(ana.subscribeToAll(hash).getString("type")).isEqualTo("response");
    }

    @Test
    void whoIsBlockedIsTold() {
        Caller eve = town.call(0);
        String hash = town.token("eve");
        String key = apiKey("eve");
        assertThat(eve.subscribeToAll(hash).getString("type")).isEqualTo("response");
        ask(new UserRequest.ChangeUser("eve", List.of(), true));
        await().until(() -> eve.events("logout").size() == 1);
        assertThat(eve.subscribeToAll(hash)).isEqualTo(error(SUBSCRIPTION, 276, "User is blocked", null));
        assertThat(eve.subscribeToAll(key)).isEqualTo(error(SUBSCRIPTION, 276, "User is blocked", null));
        ask(new UserRequest.ChangeUser("eve", List.of(), false));
        assertThat(eve.subscribeToAll(key).getString("type")).isEqualTo("response");
        assertThat(eve.subscribeToAll(town.token(UserId.of(Town.CLOSED_APP, "eve"))))
                .isEqualTo(error(SUBSCRIPTION, 11, "Access denied", null));
    }

    @Test
    void whatIsAwayIsAskedForAgainAndThenThere() {
        Caller ben = town.call(1);
        String hash = town.token("ben");
        String key = apiKey("ben");
        town.own(20, "ben");
        JsonObject later = error(SUBSCRIPTION, 8, "Queue service error, try again later", null);
        town.withoutPresence(() -> assertThat(ben.subscribeToAll(hash)).isEqualTo(later));
        town.withoutMessaging(() -> assertThat(ben.subscribeToAll(key)).isEqualTo(later));
        assertThat(ben.subscribeToAll(key).getString("type")).isEqualTo("response");
        await().until(() -> ben.numbers().contains(0));
    }

    @Test
    void aFaultOfOursIsOneWithoutAWordOnIt() {
        Caller cleo = town.call(0);
        town.own(30, "cleo");
        town.redis(Command.DEL, Keys.subject(new SubjectId("", 30)));
        town.redis(Command.SET, Keys.subject(new SubjectId("", 30)), "no hash");
        JsonObject one = new JsonObject().put("type", "state").put("trackers", new JsonArray().add(30));
        assertThat(cleo.subscribe(town.token("cleo"), one)).isEqualTo(error(SUBSCRIPTION, 6, "Unexpected error", null));
        town.redis(Command.DEL, Keys.subject(new SubjectId("", 30)));
        JsonObject answer = cleo.subscribe(town.token("cleo"), one);
        assertThat(answer.getJsonObject("data").getJsonObject("state").getJsonObject("value"))
                .isEqualTo(new JsonObject().put("30", "unknown"));
    }

    @Test
    void aConnectionBearsSoManyHashes() {
        Caller bus = town.call(0);
        JsonObject one = new JsonObject().put("type", "state").put("trackers", new JsonArray().add(999));
        for (int i = 0; i < 50; i++) {
            assertThat(bus.subscribe(town.token("rider" + i), one).getString("type"))
                    .isEqualTo("response");
        }
        assertThat(bus.subscribe(town.token("rider50"), one))
                .isEqualTo(error(SUBSCRIPTION, 15, "Rate limit exceeded", "Too many hashes on one connection."));
        Caller other = town.call(0);
        for (int i = 0; i <= 1_000; i++) {
            other.say("noise");
        }
        await().until(() -> other.closeCode() != null);
        assertThat(other.closeCode()).isEqualTo((short) 4400);
    }

    @Test
    void aLogoutEndsTheHashEverywhereButNotApiKeys() {
        ask(new LoginRequest.SetLogin("", "dan", "dan@x.test", "secret1", true));
        JsonObject who = new JsonObject().put("login", "dan@x.test").put("password", "secret1");
        String hash = town.post(0, "/v2/user/auth", who).getString("hash");
        String other = town.post(0, "/v2/user/auth", who).getString("hash");
        String key = apiKey("dan");
        town.own(40, "dan");
        List<Caller> out = List.of(town.call(0), town.call(1));
        Caller otherLogin = town.call(1);
        Caller byKey = town.call(0);
        out.forEach(caller -> caller.subscribeToAll(hash));
        otherLogin.subscribeToAll(other);
        byKey.subscribeToAll(key);
        assertThat(town.post(1, "/v2/user/logout", new JsonObject().put("hash", key)))
                .isEqualTo(refusal(13, "Operation not permitted"));
        assertThat(town.post(1, "/v2/user/logout", new JsonObject().put("hash", hash)))
                .isEqualTo(new JsonObject().put("success", true));
        for (Caller caller : out) {
            await().until(() -> !caller.events("logout").isEmpty());
            assertThat(caller.events("logout")).containsExactly(new JsonObject("""
                    {"type": "event", "event": "logout", "data": "session closed"}"""));
            assertThat(caller.subscribeToAll(hash))
                    .isEqualTo(error(SUBSCRIPTION, 4, "User or API key not found or session ended", null));
        }
        assertThat(town.post(0, "/v2/user/logout", new JsonObject().put("hash", hash)))
                .isEqualTo(refusal(4, "User or API key not found or session ended"));
        town.write(40, 1);
        await().until(() -> otherLogin.numbers().contains(1) && byKey.numbers().contains(1));
        out.forEach(caller -> assertThat(caller.numbers()).doesNotContain(1));
        assertThat(otherLogin.events("logout")).isEmpty();
    }

    @Test
    void loginsAreRefusedWithTheirCodes() {
        ask(new LoginRequest.SetLogin("", "fay", "fay@x.test", "secret1", true));
        assertThat(logIn("fay@x.test", "")).isEqualTo(refusal(7, "Invalid parameters"));
        assertThat(logIn("nobody@x.test", "secret1")).isEqualTo(refusal(102, "Wrong login or password"));
        ask(new LoginRequest.SetLogin("", "fay", "fay@x.test", null, false));
        assertThat(logIn("fay@x.test", "secret1")).isEqualTo(refusal(103, "User not activated"));
        ask(new LoginRequest.SetLogin("", "fay", "fay@x.test", null, true));
        ask(new UserRequest.ChangeUser("fay", List.of(), true));
        assertThat(logIn("fay@x.test", "secret1")).isEqualTo(refusal(11, "Access denied"));
        ask(new UserRequest.ChangeUser("fay", List.of(), false));
        for (int i = 0; i < 10; i++) {
            logIn("fay@x.test", "wrong");
        }
        assertThat(logIn("fay@x.test", "secret1")).isEqualTo(refusal(105, "Too many login attempts, try again later"));
    }

    @Test
    void aRateLimitIsKeptAndTheLatestComes() {
        town.own(50, "gus");
        Caller gus = town.call(0);
        gus.subscribe(town.token("gus"), Caller.all().put("rate_limit", "400ms"));
        await().until(() -> gus.numbers().contains(0));
        long began = System.nanoTime();
        for (int n = 1; n <= 100; n++) {
            town.write(50, n);
        }
        await().until(() -> gus.numbers().contains(100));
        long took = (System.nanoTime() - began) / 1_000_000;
        assertThat(gus.events("state_batch").size()).isLessThanOrEqualTo(2 + (int) (took / 400));
    }

    private static JsonObject logIn(String login, String password) {
        return town.post(
                0, "/v2/user/auth", new JsonObject().put("login", login).put("password", password));
    }

    private static String apiKey(String user) {
        return ((Reply.ApiKeyMade) Theatre.await(town.services.ask(new LoginRequest.CreateApiKey(user, "")))).key();
    }

    private static void ask(LoginRequest request) {
        assertThat(Theatre.await(town.services.ask(request))).isNotInstanceOf(Reply.Failure.class);
    }

    private static void ask(UserRequest request) {
        assertThat(Theatre.await(town.services.ask(request))).isNotInstanceOf(Reply.Failure.class);
    }

    private static JsonObject error(String action, int code, String description, @Nullable String message) {
        JsonObject error =
                new JsonObject().put("type", "error").put("action", action).put("status", status(code, description));
        return message == null ? error : error.put("data", new JsonObject().put("message", message));
    }

    private static JsonObject refusal(int code, String description) {
        return new JsonObject().put("success", false).put("status", status(code, description));
    }

    private static JsonObject status(int code, String description) {
        return new JsonObject().put("code", code).put("description", description);
    }
}
