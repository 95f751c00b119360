package io.continuo.presence;

import static io.continuo.common.event.TypingState.FINISHED;
import static io.continuo.common.event.TypingState.PAUSED;
import static io.continuo.common.event.TypingState.STARTED;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.event.Signal;
import io.continuo.common.event.TypingState;
import io.continuo.common.model.Person;
import io.continuo.common.redis.Keys;
import io.continuo.presence.typing.Typing;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The typing indicator from the gateway's request to the gateways of the others (protocol/layer.md §9.1). */
class TypingTest {
    private static final String ROOM = "2f4a9c1e-7d35-4b0a-8e66-91c0d2b7a310";
    private static final Duration STEP = Duration.ofMillis(300);

    private final Stage stage = new Stage();
    private final AtomicInteger asked = new AtomicInteger();
    private final ServiceClient services = new ServiceClient(stage.vertx(), new Partitions(64));

    @BeforeEach
    void openRoom() {
        stage.vertx().eventBus().<MessagingRequest.GetAudience>consumer(Addresses.MESSAGING, message -> {
            asked.incrementAndGet();
            List<String> members = List.of("ines", "omar", "vera");
            message.reply(
                    members.contains(message.body().user())
                            ? new Reply.Audience(members)
                            : Reply.Failure.of(ErrorCode.ACCESS_DENIED, "Not a participant"));
        });
        stage.redis(Command.HSET, Keys.identity("ines"), "displayName", "Inês", "avatarUrl", "https://a.test/i.png");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void reachesTheOthersOncePerLoopAndNotTheAuthor() throws Exception {
        var both = stage.loop("g1", "omar", "vera");
        var again = stage.loop("g2", "omar");
        var own = stage.loop("g3", "ines");
        deploy(Duration.ofMinutes(1));

        type("ines", STARTED);

        GatewayMessage.Relay relay = next(both);
        assertThat(relay.signal())
                .isEqualTo(new Signal.Typing(ROOM, new Person("ines", "Inês", "https://a.test/i.png"), STARTED));
        assertThat(relay.users()).containsExactlyInAnyOrder("omar", "vera");
        assertThat(next(again).users()).containsExactly("omar");
        assertThat(both).isEmpty();
        assertThat(own).isEmpty();
    }

    @Test
    void dropsTheSignalsOfStrangersInSilence() {
        var others = stage.loop("g1", "ines", "omar", "vera");
        deploy(Duration.ofMinutes(1));
        assertThat(type("mallory", STARTED)).isEqualTo(Reply.Done.INSTANCE);
        type("ines", STARTED);
        assertThat(type("mallory", STARTED)).isEqualTo(Reply.Done.INSTANCE);
        assertThat(states(others, 1)).containsExactly(STARTED);
    }

    @Test
    void dropsSignalsWhileRedisIsAway() {
        deploy(Duration.ofMinutes(1));
        type("ines", STARTED);
        stage.embedded().kill();
        assertThat(type("ines", PAUSED)).isEqualTo(Reply.Done.INSTANCE);
    }

    @Test
    void ignoresTheSameStateAgainWithinASecond() {
        var others = stage.loop("g1", "omar");
        deploy(Duration.ofMinutes(1));
        List.of(STARTED, STARTED, STARTED, PAUSED, PAUSED, STARTED).forEach(state -> type("ines", state));
        assertThat(states(others, 3)).containsExactly(STARTED, PAUSED, STARTED);
        assertThat(others).isEmpty();
    }

    @Test
    void asksOnceForTheAudienceWhileItIsFresh() {
        deploy(Duration.ofMinutes(1));
        type("ines", STARTED);
        type("ines", PAUSED);
        type("ines", FINISHED);
        assertThat(asked).hasValue(1);
    }

    @Test
    void keepsTheOrderOfStatesThatComeAtOnce() {
        var others = stage.loop("g1", "omar");
        deploy(Duration.ofMinutes(1));
        List.of(STARTED, PAUSED, STARTED, FINISHED)
                .forEach(state -> services.ask(new PresenceRequest.Type("ines", ROOM, state)));
        assertThat(states(others, 4)).containsExactly(STARTED, PAUSED, STARTED, FINISHED);
    }

    @Test
    void decaysFromStartedOverPausedToFinished() {
        var others = stage.loop("g1", "omar");
        deploy(STEP);
        type("ines", STARTED);
        assertThat(states(others, 3)).containsExactly(STARTED, PAUSED, FINISHED);
    }

    @Test
    void doesNotDecayWhileAnotherInstanceHearsTheWriter() {
        var others = stage.loop("g1", "omar");
        deploy(STEP);
        deploy(STEP);
        // The bus hands requests to the two instances in turn, so the first one never hears of the end.
        type("ines", STARTED);
        type("ines", FINISHED);
        type("omar", STARTED);
        assertThat(states(stage.loop("g2", "ines"), 2)).containsExactly(PAUSED, FINISHED);
        assertThat(others.stream().map(TypingTest::state)).containsExactly(STARTED, FINISHED);
    }

    private void deploy(Duration step) {
        var pace = new Typing.Pace(step, Duration.ofSeconds(1));
        Stage.await(stage.vertx().deployVerticle(new PresenceVerticle(stage.settings(), pace)));
    }

    private Reply type(String user, TypingState state) {
        return Stage.await(services.ask(new PresenceRequest.Type(user, ROOM, state)));
    }

    private static GatewayMessage.Relay next(BlockingQueue<GatewayMessage.Relay> heard) throws InterruptedException {
        GatewayMessage.Relay relay = heard.poll(10, SECONDS);
        assertThat(relay).isNotNull();
        return relay;
    }

    private static List<TypingState> states(BlockingQueue<GatewayMessage.Relay> heard, int count) {
        List<TypingState> states = new ArrayList<>();
        try {
            while (states.size() < count) {
                states.add(state(next(heard)));
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return states;
    }

    private static TypingState state(GatewayMessage.Relay relay) {
        return ((Signal.Typing) relay.signal()).state();
    }
}
