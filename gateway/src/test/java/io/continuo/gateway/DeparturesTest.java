package io.continuo.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class DeparturesTest {
    private static final HistoryRequest.GetTails REQUEST = new HistoryRequest.GetTails(List.of());

    @Test
    void whatALeaverWasAskedIsToBeAskedAgain(Vertx vertx, VertxTestContext test) {
        see(vertx, test, Set.of("here"), "REQUEST_TIMEOUT");
    }

    @Test
    void whoComesEndsNothing(Vertx vertx, VertxTestContext test) {
        see(vertx, test, Set.of("here", "there", "new"), "answered");
    }

    /** What comes of a request that is answered once other nodes than before are seen. */
    private static void see(Vertx vertx, VertxTestContext test, Set<String> nodes, String expected) {
        RecordCodec.register(vertx);
        ServiceClient services = new ServiceClient(vertx, new Partitions(1));
        Departures departures = new Departures(services, Duration.ZERO);
        departures.look(Set.of("here", "there"));
        // All on one loop, so that the request is on its way before it arrives.
        vertx.runOnContext(now -> {
            vertx.eventBus().consumer(Addresses.MESSAGING, request -> {
                departures.look(nodes);
                request.reply(Reply.Done.INSTANCE);
            });
            services.ask(REQUEST)
                    .map(reply -> reply instanceof Reply.Failure failure
                            ? failure.code().name()
                            : "answered")
                    .onComplete(test.succeeding(answer -> test.verify(() -> {
                        assertThat(answer).isEqualTo(expected);
                        test.completeNow();
                    })));
        });
    }
}
