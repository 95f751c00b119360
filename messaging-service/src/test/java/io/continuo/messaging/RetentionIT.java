package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Position;
import io.continuo.common.event.Verdict;
import io.continuo.common.model.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories forget, conversations do not. */
class RetentionIT {

    @Test
    void theHistoryForgetsAndSaysSoAndTheMessagesStay() throws Exception {
        Service service = new Service(1, Map.of(), Duration.ofMillis(200));
        try {
            String conversation = service.conversation("ines", "omar");
            List<String> said = new ArrayList<>();
            said.addFirst(service.say("ines", conversation, "first").id());
            Position early = service.resume("omar", Position.BEGINNING).tail();
            await().untilAsserted(() -> {
                for (int i = 0; i < 50; i++) {
                    said.addFirst(service.say("ines", conversation, "text " + i).id());
                }
                Reply.Attached resumed = service.resume("omar", early);
                assertThat(resumed.verdict())
                        .isNotNull()
                        .extracting(Verdict::kind)
                        .isEqualTo(Verdict.Kind.PARTIAL);
                assertThat(resumed.start()).isGreaterThan(early);
            });
            Reply.HistoryPage history =
                    (Reply.HistoryPage) service.ask(new HistoryRequest.ReadHistory("omar", Position.BEGINNING, 500));
            assertThat(history.deliveries().size()).isLessThan(said.size());

            List<String> listed = new ArrayList<>();
            Reply.MessagePage page;
            do {
                String after = listed.isEmpty() ? null : listed.getLast();
                page = (Reply.MessagePage)
                        service.ask(new MessageRequest.ListMessages("omar", conversation, 100, after));
                page.messages().stream().map(Message::id).forEach(listed::add);
            } while (!page.messages().isEmpty());
            assertThat(listed).isEqualTo(said);
        } finally {
            service.close();
        }
    }
}
