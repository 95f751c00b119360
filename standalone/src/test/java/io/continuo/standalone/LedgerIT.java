package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.redis.Ports;
import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.process.ContinuoProcess;
import io.continuo.standalone.process.Metrics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nothing that was ever appended to a history goes unaccounted for, through the death of the whole process too. */
class LedgerIT {
    /** More than fits into what is kept of a history. */
    private static final int MANY = 250;

    private static final int BLINK = 20;

    private static final int KEPT_AT_MOST = 300;

    private final Map<String, String> settings;
    private final int admin = Ports.free();
    private ContinuoProcess continuo;

    LedgerIT() throws Exception {
        settings = new HashMap<>(Map.of(
                "CONTINUO_DATA_DIR",
                Files.createTempDirectory("continuo").toString(),
                "CONTINUO_ADMIN_PORT",
                Integer.toString(admin),
                "CONTINUO_HISTORY_MAX_EVENTS",
                "100",
                "CONTINUO_PING_SECONDS",
                "5"));
        continuo = ContinuoProcess.start(settings);
    }

    /** Somebody with a device or none, who remembers every position that ever came. */
    private final class Client {
        final String user;
        final Set<String> positions = ConcurrentHashMap.newKeySet();
        private volatile String newest = "";
        private volatile String verdict = "";
        private @Nullable Socket socket;

        Client(String user) {
            this.user = user;
        }

        Client connect() throws Exception {
            return open("");
        }

        /** Goes on after the newest position. */
        Client resume() throws Exception {
            verdict = "";
            open("&since=" + newest);
            await().until(() -> !verdict.isEmpty());
            return this;
        }

        private Client open(String query) throws Exception {
            socket = Socket.open(
                    continuo.url(), Rest.login(continuo.url(), user).token(), "layer-3.0", query, this::take);
            return this;
        }

        private void take(JsonObject packet) {
            String position = packet.getString("position");
            if (position != null) {
                positions.add(position);
                newest = position;
            } else if (packet.getString("type").equals("operation")) {
                verdict = packet.getJsonObject("body").getJsonObject("data").getString("verdict");
            }
        }

        void cut() throws Exception {
            Socket open = Objects.requireNonNull(socket);
            open.cut();
            open.closed().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatWasAppendedIsDeliveredOrWaitsOrHasExpiredOrWasAnnouncedAsLost() throws Exception {
        try {
            Client steady = new Client("steady").connect();
            Client late = new Client("late").connect();
            Client fresh = new Client("fresh").connect();
            List<String> names = List.of("steady", "late", "fresh", "away");
            Rest rest = Rest.login(continuo.url(), "steady");
            String conversation = Rest.newId("conversations");
            rest.post(
                    "/conversations",
                    new JsonObject().put("id", conversation).put("participants", new JsonArray(names)));
            say(rest, conversation, 3);
            int each = 1 + 2 * 3;
            List.of(steady, late, fresh).forEach(client -> await().until(() -> client.positions.size() == each));
            assertLedger(4 * each, 3 * each, each, 0, 0, 0);

            // Two leave; so much happens that their histories forget some of it. The steady one only blinks.
            late.cut();
            fresh.cut();
            say(rest, conversation, MANY - BLINK);
            steady.cut();
            say(rest, conversation, BLINK);
            steady.resume();
            int all = each + 2 * MANY;
            await().until(() -> steady.positions.size() == all);
            assertThat(steady.verdict).isEqualTo("complete");

            // Everybody is away when the process dies without a word.
            continuo.kill();
            continuo = ContinuoProcess.start(settings);
            steady.resume();
            assertThat(steady.verdict).isEqualTo("complete");

            // One comes back and is told of the loss, one begins anew and hears only of the next.
            late.resume();
            assertThat(late.verdict).isEqualTo("partial");
            int held = late.positions.size() - each;
            fresh.connect();
            Rest again = Rest.login(continuo.url(), "steady");
            say(again, conversation, 1);
            await().until(() -> late.positions.size() == each + held + 2);
            await().until(() -> fresh.positions.size() == each + 2);
            await().until(() -> steady.positions.size() == all + 2);

            int missed = 2 * MANY - held;
            assertThat(held).isBetween(2, KEPT_AT_MOST);
            int delivered = steady.positions.size() + late.positions.size() + fresh.positions.size();
            Metrics metrics = settled(delivered);
            double passed = metrics.sum("continuo_ledger_positions", "state=\"passed\"");
            double expired = metrics.sum("continuo_ledger_positions", "state=\"expired\"");
            double waiting = metrics.sum("continuo_ledger_positions", "state=\"waiting\"");
            assertThat(metrics.sum("continuo_ledger_appended")).isEqualTo(4 * (all + 2));
            assertThat(metrics.sum("continuo_ledger_positions")).isEqualTo(4 * (all + 2));
            assertThat(metrics.sum("continuo_ledger_positions", "state=\"delivered\""))
                    .isEqualTo(delivered);
            assertThat(metrics.sum("continuo_ledger_positions", "state=\"lost\""))
                    .isEqualTo(missed);
            // Who began anew passed over what was held; who never came has that waiting, and the rest is gone for both.
            assertThat(passed).isBetween(2.0, KEPT_AT_MOST + 2.0);
            assertThat(waiting).isBetween(2.0, KEPT_AT_MOST + 2.0);
            assertThat(expired).isEqualTo(2 * MANY - passed + all + 2 - waiting);
        } finally {
            continuo.close();
        }
    }

    private static void say(Rest rest, String conversation, int messages) {
        for (int i = 0; i < messages; i++) {
            JsonObject part = new JsonObject().put("mime_type", "text/plain").put("body", "text");
            rest.post(
                    conversation.substring("layer://".length()) + "/messages",
                    new JsonObject().put("parts", new JsonArray().add(part)));
        }
    }

    private void assertLedger(int appended, int delivered, int waiting, int expired, int lost, int passed)
            throws Exception {
        Metrics metrics = settled(delivered);
        assertThat(metrics.sum("continuo_ledger_appended")).isEqualTo(appended);
        assertThat(List.of("waiting", "expired", "lost", "passed"))
                .extracting(state -> (int) metrics.sum("continuo_ledger_positions", "state=\"" + state + "\""))
                .containsExactly(waiting, expired, lost, passed);
    }

    /** Connections report what they have written when the heartbeat comes by, and the audit goes round. */
    private Metrics settled(int delivered) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> Metrics.of(List.of(admin)),
                        metrics -> (int) metrics.sum("continuo_ledger_positions", "state=\"delivered\"") == delivered);
    }
}
