package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnershipIT {

    /** Half of the partitions go to the newcomer, one after another, while somebody works. */
    @Test
    void whoIsAnsweredFindsWhatTheyMadeWhilePartitionsChangeTheirOwner() throws Exception {
        Service service = new Service(1);
        Service.await(service.vertx.deployVerticle(service.instance("newcomer")));
        long end = System.nanoTime() + 3_000_000_000L;
        for (int i = 0; System.nanoTime() < end; i++) {
            String user = "user" + i;
            String conversation = service.conversation(user, "omar");
            Reply.ConversationPage list = (Reply.ConversationPage) service.ask(
                    new ConversationRequest.ListConversations(user, ConversationRequest.SortBy.CREATED_AT, 10, null));
            assertThat(list.views())
                    .extracting(view -> view.conversation().id())
                    .isEqualTo(List.of(conversation));
        }
        service.close();
    }
}
