package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.Reply;
import io.continuo.farm.Programs;
import io.continuo.farm.RedisFarm;
import io.continuo.farm.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With {@code CONTINUO_REDIS_WAIT} a change is acknowledged when replicas have it, and not before. */
class WaitIT {

    @Test
    void nothingIsAcknowledgedThatAReplicaDoesNotHave() throws Exception {
        assumeThat(Programs.REDIS.arePresent())
                .as("redis-server and redis-cli are installed")
                .isTrue();
        try (RedisFarm farm = RedisFarm.replicated(Programs.REDIS)) {
            Map<String, String> settings = new HashMap<>(farm.settings());
            settings.put("CONTINUO_REDIS_WAIT", "1");
            settings.put("CONTINUO_REDIS_WAIT_MS", "300");
            Service service = new Service(1, settings, new Topology.Chosen(farm.settings(), () -> {}));
            String conversation = service.conversation("ines", "omar");
            service.say("ines", conversation, "to be had by both");

            farm.replica().freeze();
            MessageRequest.CreateMessage message = Service.message("ines", conversation, "to be had by one");
            Reply refused = service.ask(message);
            assertThat(refused).isInstanceOf(Reply.Failure.class);
            assertThat(((Reply.Failure) refused).code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
            assertThat(service.ask(message)).as("repeated").isInstanceOf(Reply.Failure.class);
            assertThat(service.ask(new ConversationRequest.GetConversation("ines", conversation)))
                    .as("reading needs no replica")
                    .isInstanceOf(Reply.ConversationFound.class);

            farm.replica().thaw();
            await().atMost(10, TimeUnit.SECONDS).until(() -> isKnown(service.ask(message)));
            service.say("ines", conversation, "to be had by both again");
            Reply.MessagePage page =
                    (Reply.MessagePage) service.ask(new MessageRequest.ListMessages("omar", conversation, 10, null));
            assertThat(page.messages())
                    .extracting(found -> found.parts().getFirst().body())
                    .isEqualTo(List.of("to be had by both again", "to be had by one", "to be had by both"));
            service.close();
        }
    }

    /** It was stored before, and has not been stored again. */
    private static boolean isKnown(Reply reply) {
        return reply instanceof Reply.Failure failure && failure.code() == ErrorCode.ID_IN_USE;
    }
}
