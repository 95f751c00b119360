package io.continuo.common.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.settings.RedisSettings;
import io.continuo.common.settings.Settings;
import io.continuo.redis.EmbeddedRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatVerticleTest {
    private final EmbeddedRedis embedded = EmbeddedRedis.temporary();
    private final Vertx vertx = Vertx.vertx();
    private final RedisSettings settings =
            Settings.of(Map.of("CONTINUO_REDIS", embedded.uri())).redis();
    private final Redis redis = Redis.createClient(vertx, embedded.uri());
    private final HeartbeatVerticle heartbeat = new HeartbeatVerticle(settings, "node-1", new SimpleMeterRegistry());
    private String deployment = "";

    @BeforeEach
    void start() {
        deployment = vertx.deployVerticle(heartbeat).await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
        embedded.close();
    }

    @Test
    void isInRedisForAFewSecondsOnly() {
        assertThat(isHeard()).isTrue();
        assertThat(timeToLive()).isBetween(1L, HeartbeatVerticle.TTL_MS);
    }

    @Test
    void endsAtOnceWhenTheNodeStopsInOrder() {
        vertx.undeploy(deployment).await();
        assertThat(timeToLive()).isNegative();
    }

    @Test
    void isMissingWhileRedisIsAwayAndComesBackWithIt() {
        embedded.kill();
        await().atMost(10, SECONDS).until(() -> !isHeard());
        embedded.restart();
        await().atMost(10, SECONDS).until(this::isHeard);
        assertThat(timeToLive()).isPositive();
    }

    @Test
    void startsThoughRedisIsTooBusyToAnswerAtFirst() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        NetClient through = vertx.createNetClient();
        URI real = URI.create(embedded.uri());
        NetServer busy = vertx.createNetServer()
                .connectHandler(socket -> {
                    if (connections.incrementAndGet() > 1) {
                        socket.pause();
                        through.connect(real.getPort(), real.getHost()).onSuccess(server -> {
                            socket.pipeTo(server);
                            server.pipeTo(socket);
                        });
                    }
                })
                .listen(0, "127.0.0.1")
                .await();
        String detour = embedded.uri().replace(":" + real.getPort(), ":" + busy.actualPort());
        RedisSettings slow = Settings.of(Map.of("CONTINUO_REDIS", detour)).redis();
        vertx.deployVerticle(new HeartbeatVerticle(slow, "node-2", new SimpleMeterRegistry()))
                .await(25, SECONDS);
        assertThat(connections).hasValueGreaterThan(1);
    }

    private boolean isHeard() {
        return heartbeat.isHeard(Duration.ofMillis(100));
    }

    private long timeToLive() {
        return redis.send(Request.cmd(Command.PTTL).arg(Keys.node("node-1")))
                .compose(answer -> Future.succeededFuture(answer.toLong()))
                .await();
    }
}
