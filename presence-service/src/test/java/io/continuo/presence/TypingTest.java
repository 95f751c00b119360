package io.continuo.presence;

import static io.continuo.common.event.TypingState.FINISHED;
import static io.continuo.common.event.TypingState.PAUSED;
import static io.continuo.common.event.TypingState.STARTED;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.event.Signal;
import io.continuo.common.event.TypingState;
import io.continuo.common.model.Person;
import io.continuo.common.redis.Keys;
import io.vertx.redis.client.Command;
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

    private final Stage stage = new Stage();
    private final AtomicInteger asked = new AtomicInteger();
    private final ServiceClient services = new ServiceClient(stage.vertx(), new Partitions(64));

    @BeforeEach
    void openRoom() {
        stage.vertx().eventBus().<ConversationRequest.GetAudience>consumer(Addresses.MESSAGING, message -> {
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
        deploy();

        type("ines", STARTED);

        GatewayMessage.Relay relay = next(both);
        Signal.Typing typing = (Signal.Typing) relay.signal();
        assertThat(typing)
                .isEqualTo(new Signal.Typing(
                        ROOM, new Person("ines", "Inês", "https://a.test/i.png"), STARTED, typing.version()));
        assertThat(relay.users()).containsExactlyInAnyOrder("omar", "vera");
        assertThat(next(again).users()).containsExactly("omar");
        assertThat(both).isEmpty();
        assertThat(own).isEmpty();
    }

    @Test
    void dropsTheSignalsOfStrangersInSilence() {
        var others = stage.loop("g1", "ines", "omar", "vera");
        deploy();
        assertThat(type("mallory", STARTED)).isEqualTo(Reply.Done.INSTANCE);
        type("ines", STARTED);
        assertThat(type("mallory", STARTED)).isEqualTo(Reply.Done.INSTANCE);
        assertThat(states(others, 1)).containsExactly(STARTED);
    }

    @Test
    void dropsSignalsWhileRedisIsAway() {
        deploy();
        type("ines", STARTED);
        stage.embedded().kill();
        assertThat(type("ines", PAUSED)).isEqualTo(Reply.Done.INSTANCE);
    }

    @Test
    void ignoresTheSameStateAgainWithinASecond() {
        var others = stage.loop("g1", "omar");
        deploy();
        List.of(STARTED, STARTED, STARTED, PAUSED, PAUSED, STARTED).forEach(state -> type("ines", state));
        assertThat(states(others, 3)).containsExactly(STARTED, PAUSED, STARTED);
        assertThat(others).isEmpty();
    }

    @Test
    void asksOnceForTheAudienceWhileItIsFresh() {
        deploy();
        type("ines", STARTED);
        type("ines", PAUSED);
        type("ines", FINISHED);
        assertThat(asked).hasValue(1);
    }

    @Test
    void keepsTheOrderOfStatesThatComeAtOnce() throws Exception {
        var others = stage.loop("g1", "omar");
        deploy();
        List.of(STARTED, PAUSED, STARTED, FINISHED)
                .forEach(state -> services.ask(new PresenceRequest.Type("ines", ROOM, state)));
        List<Long> versions = new ArrayList<>();
        for (TypingState state : List.of(STARTED, PAUSED, STARTED, FINISHED)) {
            Signal.Typing typing = (Signal.Typing) next(others).signal();
            assertThat(typing.state()).isEqualTo(state);
            versions.add(typing.version());
        }
        assertThat(versions).isSorted().doesNotHaveDuplicates();
    }

    private void deploy() {
        Stage.await(stage.vertx().deployVerticle(new PresenceVerticle(stage.settings())));
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
