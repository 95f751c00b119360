package io.continuo.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ServiceClientTest {
    private static final Partitions PARTITIONS = new Partitions(64);
    private static final ConversationRequest.GetConversation REQUEST =
            new ConversationRequest.GetConversation("ines", "2f4a9c1e-7d35-4b0a-8e66-91c0d2b7a310");
    private static final String OWNER = Addresses.partition(PARTITIONS.of(REQUEST.conversationId()));

    @BeforeEach
    void carryRecords(Vertx vertx) {
        RecordCodec.register(vertx);
    }

    private static void answer(Vertx vertx, String address, String user) {
        vertx.eventBus().consumer(address, request -> request.reply(new Reply.Audience(List.of(user))));
    }

    @Test
    void asksTheOwnerOfTheConversationsPartition(Vertx vertx, VertxTestContext test) {
        answer(vertx, OWNER, "owner");
        answer(vertx, Addresses.MESSAGING, "anyone");
        expect(vertx, test, new Reply.Audience(List.of("owner")));
    }

    @Test
    void asksAnyoneWhileThereIsNoOwner(Vertx vertx, VertxTestContext test) {
        answer(vertx, Addresses.MESSAGING, "anyone");
        expect(vertx, test, new Reply.Audience(List.of("anyone")));
    }

    @Test
    void asksAnyoneWhenTheOwnerGoesBeforeItSeesTheRequest(Vertx vertx, VertxTestContext test) {
        answer(vertx, Addresses.MESSAGING, "anyone");
        // On the owner's own loop, where the request waits behind what runs now.
        vertx.runOnContext(now -> {
            MessageConsumer<?> owner =
                    vertx.eventBus().consumer(OWNER, request -> request.reply(new Reply.Audience(List.of("owner"))));
            expect(vertx, test, new Reply.Audience(List.of("anyone")));
            owner.unregister();
        });
    }

    @Test
    void saysThatItMayBeTriedAgainWhenEverybodyGoesBeforeTheySeeTheRequest(Vertx vertx, VertxTestContext test) {
        vertx.runOnContext(now -> {
            MessageConsumer<?> anyone = vertx.eventBus().consumer(Addresses.MESSAGING, request -> {});
            expectUnavailable(vertx, test);
            anyone.unregister();
        });
    }

    @Test
    void saysSoWhenThereIsNobody(Vertx vertx, VertxTestContext test) {
        expectUnavailable(vertx, test);
    }

    /** As when the owner has left the cluster, or hangs until the others give it up. */
    @Test
    void waitsNoLongerForWhatIsGivenUp(Vertx vertx, VertxTestContext test) {
        giveUp(vertx, test, Duration.ZERO, "REQUEST_TIMEOUT");
    }

    @Test
    void waitsOnForWhatWasAskedJustNow(Vertx vertx, VertxTestContext test) {
        giveUp(vertx, test, Duration.ofHours(1), "answered");
    }

    /** What comes of a request that is answered once all that are so old were given up. */
    private static void giveUp(Vertx vertx, VertxTestContext test, Duration age, String expected) {
        ServiceClient client = new ServiceClient(vertx, PARTITIONS);
        // All on one loop, so that the request is on its way before it arrives.
        vertx.runOnContext(now -> {
            vertx.eventBus().consumer(OWNER, request -> {
                client.giveUp(age);
                request.reply(Reply.Done.INSTANCE);
            });
            client.ask(REQUEST)
                    .map(reply -> reply instanceof Reply.Failure failure
                            ? failure.code().name()
                            : "answered")
                    .onComplete(test.succeeding(answer -> test.verify(() -> {
                        assertThat(answer).isEqualTo(expected);
                        test.completeNow();
                    })));
        });
    }

    private static void expectUnavailable(Vertx vertx, VertxTestContext test) {
        new ServiceClient(vertx, PARTITIONS)
                .ask(REQUEST)
                .onComplete(test.succeeding(reply -> test.verify(() -> {
                    assertThat(reply).isInstanceOf(Reply.Failure.class);
                    assertThat(((Reply.Failure) reply).code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
                    test.completeNow();
                })));
    }

    private static void expect(Vertx vertx, VertxTestContext test, Reply expected) {
        new ServiceClient(vertx, PARTITIONS)
                .ask(REQUEST)
                .onComplete(test.succeeding(reply -> test.verify(() -> {
                    assertThat(reply).isEqualTo(expected);
                    test.completeNow();
                })));
    }
}
