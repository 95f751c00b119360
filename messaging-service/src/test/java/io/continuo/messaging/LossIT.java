package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Reply;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.farm.Programs;
import io.continuo.farm.RedisFarm;
import io.continuo.farm.Topology;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Redis loses before anybody but its author has heard of it. */
class LossIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void whoHasTheAcknowledgementOfWhatIsLostIsToldSo() throws Exception {
        assumeThat(Programs.REDIS.arePresent())
                .as("redis-server and redis-cli are installed")
                .isTrue();
        try (RedisFarm farm = RedisFarm.standalone(Programs.REDIS)) {
            Service service = new Service(1, farm.settings(), new Topology.Chosen(farm.settings(), () -> {}));
            String[] people = Stream.concat(
                            Stream.of("ines", "omar"), IntStream.range(0, 1_000).mapToObj(i -> "user" + i))
                    .toArray(String[]::new);
            service.attach("ines");
            service.attach("omar");
            String conversation = service.conversation(people);
            await().atMost(LIMIT).until(() -> service.delivered("omar").size() == 1);
            farm.snapshot();

            // Each takes a while to reach so many, so that most are lost before they reach anybody.
            List<Future<Reply>> said = IntStream.range(0, 200)
                    .mapToObj(i -> service.asking(Service.message("ines", conversation, "text " + i)))
                    .toList();
            Service.await(Future.all(said));
            assertThat(said).allMatch(reply -> reply.result() instanceof Reply.MessageFound);
            farm.restoreSnapshot();

            await().atMost(LIMIT).until(() -> lost(service.delivered("ines")) > 0);
            service.say("ines", conversation, "afterwards");
            await().atMost(LIMIT)
                    .until(() ->
                            Service.texts(service.delivered("omar")).getLast().equals("afterwards"));
            assertThat(lost(service.delivered("ines"))).isOne();
            assertThat(lost(service.delivered("omar"))).isZero();
            service.close();
        }
    }

    private static long lost(List<Delivery> delivered) {
        return delivered.stream()
                .filter(delivery -> delivery.event() instanceof Event.ChangesLost)
                .count();
    }
}
