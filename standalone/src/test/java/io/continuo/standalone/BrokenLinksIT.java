package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.admin.Readiness;
import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.canary.Proof;
import io.continuo.common.cluster.ClusterBus;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.Keys;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.GatewayVerticle;
import io.continuo.messaging.MessagingVerticle;
import io.continuo.presence.PresenceVerticle;
import io.continuo.redis.EmbeddedRedis;
import io.continuo.redis.Ports;
import io.continuo.standalone.client.Steady;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.transport.Transport;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A gateway and its services, apart from each other, whose links really break and are repaired without a restart. */
class BrokenLinksIT {
    private static final String LOOP = Addresses.loop("gateway", 0);

    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
    private static final Readiness GATEWAY = new Readiness();
    private static final Readiness SERVICES = new Readiness();

    private static EmbeddedRedis redis;
    private static Vertx services;
    private static Vertx gateway;
    private static String url;

    @BeforeAll
    static void start() throws Exception {
        redis = EmbeddedRedis.temporary();
        int port = Ports.free();
        Settings settings = Settings.of(Map.of(
                "CONTINUO_REDIS",
                redis.uri(),
                "CONTINUO_SESSION_SECRET",
                UUID.randomUUID().toString(),
                "CONTINUO_DEV_LOGIN",
                "true",
                "CONTINUO_PORT",
                "0",
                "CONTINUO_EVENT_LOOPS",
                "1",
                "CONTINUO_CANARY_LATE_MS",
                "1500",
                "CONTINUO_DATA_DIR",
                Files.createTempDirectory("continuo").toString(),
                "CONTINUO_CLUSTER_NAME",
                "test-" + UUID.randomUUID(),
                "CONTINUO_CLUSTER_PORT",
                Integer.toString(port),
                "CONTINUO_CLUSTER_MEMBERS",
                "127.0.0.1:" + port + ",127.0.0.1:" + (port + 1)));
        services = join(settings);
        gateway = join(settings);
        Duration patience = settings.node().canaryLate();
        services.deployVerticle(new MessagingVerticle(
                        settings, "services.0", METERS, new Proof("messaging", patience, SERVICES, METERS)))
                .await();
        services.deployVerticle(
                        new PresenceVerticle(settings, "services.0", new Proof("presence", patience, SERVICES, METERS)))
                .await();
        GatewayVerticle loop = GatewayVerticle.alone(settings, "gateway", GATEWAY, METERS);
        gateway.deployVerticle(loop).await();
        url = "http://127.0.0.1:" + loop.port();
        GATEWAY.open();
        SERVICES.open();
        await().until(() -> GATEWAY.isReady() && SERVICES.isReady());
    }

    @AfterAll
    static void stop() {
        gateway.close().await();
        services.close().await();
        redis.close();
    }

    @Test
    void aLoopThatTheClusterHasForgottenRegistersAnewAndItsClientsMissNothing() throws Exception {
        try (Steady ines = new Steady("ines", () -> url);
                Steady omar = new Steady("omar", () -> url)) {
            String conversation = ines.converse(List.of("ines", "omar"));
            ines.say(conversation, "Before");
            await().until(() -> omar.messages(conversation).size() == 1);
            forget(gateway, LOOP);
            ines.say(conversation, "Into the void");
            await().pollInterval(Duration.ofMillis(3))
                    .until(() -> GATEWAY.report().json().contains("\"delivery\":false"));
            await().until(GATEWAY::isReady);
            // Long before the heartbeat would find it.
            await().until(() -> omar.messages(conversation).size() == 2);
            ines.say(conversation, "Live again");
            await().until(() -> omar.messages(conversation).size() == 3);
            assertThat(ines.resumptions() + omar.resumptions()).isEqualTo(2);
            assertThat(ines.faults()).isEmpty();
            assertThat(omar.faults()).isEmpty();
        }
    }

    @Test
    void aLoopWhoseRegistrationRedisHasLostRegistersAnew() {
        double late = METERS.counter("continuo.canary.late").count();
        Redis client = Redis.createClient(gateway, redis.uri());
        client.send(Request.cmd(Command.DEL).arg(Keys.client(UserId.canary(LOOP))))
                .await();
        // What was lost is mended in no time once it is missed: readiness may return before anybody looks.
        await().until(() -> METERS.counter("continuo.canary.late").count() > late);
        await().until(GATEWAY::isReady);
        client.close();
    }

    @Test
    void aServiceThatTheClusterHasForgottenRegistersAnew() {
        forget(services, Addresses.MESSAGING);
        forget(services, Addresses.PRESENCE);
        for (int partition = 0; partition < 64; partition++) {
            forget(services, Addresses.partition(partition));
        }
        await().until(() -> !SERVICES.isReady());
        await().until(() -> GATEWAY.isReady() && SERVICES.isReady());
    }

    @Test
    void allTurnsRedWithoutRedisAndGreenWithItAndSocketsStay() throws Exception {
        try (Steady nadia = new Steady("nadia", () -> url)) {
            String conversation = nadia.converse(List.of("nadia"));
            redis.kill();
            await().until(() -> !GATEWAY.isReady() && !SERVICES.isReady());
            redis.restart();
            await().until(() -> GATEWAY.isReady() && SERVICES.isReady());
            nadia.say(conversation, "Still here");
            await().until(() -> nadia.messages(conversation).size() == 1);
            assertThat(nadia.isConnected()).isTrue();
        }
    }

    private static Vertx join(Settings settings) throws Exception {
        VertxOptions options = new VertxOptions().setEventLoopPoolSize(1);
        Vertx vertx =
                ClusterBus.join(options, Transport.NIO, settings.cluster()).await();
        RecordCodec.register(vertx);
        return vertx;
    }

    /** Makes the cluster forget that {@code vertx} listens there; the consumers themselves do not notice. */
    private static void forget(Vertx vertx, String address) {
        ClusterManager cluster = ((VertxInternal) vertx).clusterManager();
        Promise<List<RegistrationInfo>> found = Promise.promise();
        cluster.getRegistrations(address, found);
        for (RegistrationInfo one : found.future().await()) {
            if (one.nodeId().equals(cluster.getNodeId())) {
                Promise<Void> gone = Promise.promise();
                cluster.removeRegistration(address, one, gone);
                gone.future().await();
            }
        }
    }
}
