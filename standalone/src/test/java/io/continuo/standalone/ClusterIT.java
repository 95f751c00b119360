package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.redis.EmbeddedRedis;
import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.client.Steady;
import io.continuo.standalone.process.ContinuoProcess;
import io.continuo.standalone.process.Processes;
import io.continuo.standalone.process.Talk;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two gateways, two messaging and two presence services in processes of their own, which come and go while people talk. */
class ClusterIT {
    private static EmbeddedRedis redis;
    private static Processes cluster;
    private static ContinuoProcess gateway;
    private static ContinuoProcess messaging;
    private static ContinuoProcess presence;

    @BeforeAll
    static void start() throws Exception {
        redis = EmbeddedRedis.temporary();
        cluster = new Processes(redis.uri());
        messaging = cluster.startMessaging();
        presence = cluster.startPresence();
        gateway = cluster.startGateway();
        cluster.startMessaging();
        cluster.startPresence();
        cluster.startGateway();
        for (int i = 0; i < 2; i++) {
            cluster.gateway();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        redis.close();
    }

    @Test
    void signalsAndTheEndOfASessionReachOtherGateways() throws Exception {
        String here = cluster.gateway();
        String there = cluster.gateway();
        assertThat(here).isNotEqualTo(there);
        try (Steady ines = new Steady("ines", () -> here);
                Steady omar = new Steady("omar", () -> there)) {
            String conversation = ines.converse(List.of("ines", "omar"));
            ines.say(conversation, "Are you there?");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> omar.messages(conversation).size() == 1);
            ines.send(new JsonObject("""
                    {"type": "signal", "body": {"type": "typing_indicator", "object": {"id": "%s"},
                     "data": {"action": "started"}}}""".formatted(conversation)));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> omar.signals().stream()
                            .anyMatch(signal -> "typing_indicator".equals(signal.getString("type"))));
            assertThat(ines.faults()).isEmpty();
            assertThat(omar.faults()).isEmpty();
        }
        Rest rest = Rest.login(there, "olga");
        Socket socket = Socket.open(here, rest.token(), "layer-2.0", "", packet -> {});
        rest.delete("/sessions/" + rest.token());
        assertThat(socket.closed().get(10, TimeUnit.SECONDS)).isGreaterThan(1000);
    }

    @Test
    void nobodyNoticesThatServicesAreScaledUpAndDown() throws Exception {
        try (Talk talk = new Talk("scale", 6, cluster::gateway)) {
            ContinuoProcess third = cluster.startMessaging();
            ContinuoProcess another = cluster.startPresence();
            third.url();
            another.url();
            talk.goOn(20);
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> stopped(another));
            assertThat(third.stop()).isZero();
            assertThat(code.join()).isZero();
            talk.goOn(20);
            assertThat(talk.slowestMs()).as("the slowest answer").isLessThan(5_000);
            talk.verify();
        }
    }

    private static int stopped(ContinuoProcess process) {
        try {
            return process.stop();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void whateverIsKilledNothingIsLost() throws Exception {
        try (Talk talk = new Talk("kill", 6, cluster::gateway)) {
            talk.goOn(10);
            presence.kill();
            messaging.kill();
            talk.goOn(10);
            cluster.forget(gateway);
            gateway.kill();
            talk.goOn(10);
            talk.verify();
            assertThat(talk.resumptions()).isGreaterThan(6);
        }
    }
}
