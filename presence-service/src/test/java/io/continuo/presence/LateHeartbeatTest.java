package io.continuo.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.event.PresenceStatus;
import io.continuo.common.redis.Keys;
import io.continuo.presence.status.Pace;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LateHeartbeatTest {
    private static final Duration TICK = Duration.ofMillis(10);

    @Test
    void nobodyIsBelievedDeadAtOnce() throws Exception {
        var patient = new Pace(Duration.ofHours(1), Duration.ofHours(1), TICK, Duration.ofHours(1), Duration.ZERO);
        assertThat(afterManyTicks(patient)).isEqualTo(PresenceStatus.AVAILABLE);
    }

    @Test
    void nobodyIsBelievedDeadWhileRedisIsNotTrusted() throws Exception {
        // Redis comes back, and heartbeats may have gone with it.
        var hasty = new Pace(Duration.ofHours(1), Duration.ofHours(1), TICK, Duration.ZERO, Duration.ofHours(1));
        assertThat(afterManyTicks(hasty)).isEqualTo(PresenceStatus.AVAILABLE);
    }

    /** How somebody is whose gateway has not been heard of for a while. */
    private static PresenceStatus afterManyTicks(Pace pace) throws Exception {
        try (Stage stage = new Stage()) {
            Stage.await(stage.vertx().deployVerticle(new PresenceVerticle(stage.settings(), pace)));
            var services = new ServiceClient(stage.vertx(), new Partitions(64));
            stage.redis(Command.SET, Keys.node("g1"), 1);
            Stage.await(services.ask(new PresenceRequest.Announce("ines", "desk", Addresses.loop("g1", 0), null)));
            if (!pace.quiet().isZero()) {
                stage.embedded().kill();
                stage.embedded().restart();
            }
            await().ignoreExceptions().untilAsserted(() -> stage.redis(Command.DEL, Keys.node("g1")));
            TimeUnit.MILLISECONDS.sleep(30 * TICK.toMillis());
            var look = new PresenceRequest.Look("omar", List.of("ines"));
            await().until(() -> Stage.await(services.ask(look)) instanceof Reply.PresenceStates);
            Reply reply = Stage.await(services.ask(look));
            return ((Reply.PresenceStates) reply).states().getFirst().status();
        }
    }
}
