package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.model.Content;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.Part;
import io.continuo.common.model.PartEdit;
import io.continuo.common.model.UserId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContentsIT extends ServiceScene {
    private static final List<String> dropped = new CopyOnWriteArrayList<>();
    private static int people;

    private final String ines = "ines" + people++;
    private final String omar = "omar" + people++;
    private final String zoe = "zoe" + people++;

    @BeforeAll
    static void listen() {
        service.vertx.eventBus().<GatewayMessage>consumer(Addresses.GATEWAYS, news -> {
            if (news.body() instanceof GatewayMessage.DropContent drop) {
                dropped.addAll(drop.contentIds());
            }
        });
    }

    private static String uploaded(String owner) throws Exception {
        String id = LayerId.newUuid();
        service.ask(new MessageRequest.AnnounceContent(owner, id, "image/png", 0));
        service.ask(new MessageRequest.ContentUploaded(id, 7));
        return id;
    }

    private static Part photo(String content) {
        return new Part(LayerId.newUuid(), "image/png", null, null, new Content(content, 99), 99);
    }

    private static Reply send(String user, String conversation, String content) throws Exception {
        return service.ask(
                new MessageRequest.CreateMessage(user, conversation, LayerId.newUuid(), List.of(photo(content))));
    }

    private static boolean mayHave(String user, String content) throws Exception {
        return service.ask(new MessageRequest.GetContent(user, content)) instanceof Reply.ContentFound;
    }

    @Test
    void contentIsForItsUploaderAndForWhoSeesAMessageThatUsesIt() throws Exception {
        String conversation = service.conversation(ines, omar);
        String content = uploaded(ines);
        assertThat(mayHave(ines, content)).isTrue();
        assertThat(mayHave(omar, content)).isFalse();
        Message sent = ((Reply.MessageFound) send(ines, conversation, content)).message();
        assertThat(Objects.requireNonNull(sent.parts().getFirst().content()).size())
                .isEqualTo(7);
        await().until(() -> mayHave(omar, content));
        assertThat(mayHave(zoe, content)).isFalse();
        assertThat(mayHave(UserId.backend(""), content)).isTrue();
        assertThat(mayHave(UserId.backend("other"), content)).isFalse();

        // Who may have it may pass it on.
        send(omar, service.conversation(omar, zoe), content);
        await().until(() -> mayHave(zoe, content));
    }

    @Test
    void contentThatIsNotThereOrNotYoursIsRefused() throws Exception {
        String conversation = service.conversation(ines, omar);
        String announced = LayerId.newUuid();
        service.ask(new MessageRequest.AnnounceContent(ines, announced, "image/png", 7));
        for (String content : List.of(LayerId.newUuid(), announced, uploaded(omar))) {
            Reply.Failure failure = (Reply.Failure) send(ines, conversation, content);
            assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_PROPERTY);
            assertThat(failure.property()).isEqualTo("parts.content");
        }
        Message sent = service.say(ines, conversation, "pears");
        Reply adding =
                service.ask(new MessageRequest.ChangePart(ines, sent.id(), new PartEdit.Add(photo(uploaded(omar)))));
        assertThat(((Reply.Failure) adding).property()).isEqualTo("parts.content");
    }

    @Test
    void contentOfAPartThatIsAddedLaterIsForAllToo() throws Exception {
        Message sent = service.say(ines, service.conversation(ines, omar), "pears");
        String content = uploaded(ines);
        service.ask(new MessageRequest.ChangePart(ines, sent.id(), new PartEdit.Add(photo(content))));
        await().until(() -> mayHave(omar, content));
    }

    @Test
    void contentGoesWithTheLastMessageThatUsesIt() throws Exception {
        String conversation = service.conversation(ines, omar);
        String content = uploaded(ines);
        Message first = ((Reply.MessageFound) send(ines, conversation, content)).message();
        Message second = ((Reply.MessageFound) send(ines, conversation, content)).message();
        service.ask(new MessageRequest.DeleteMessage(ines, first.id()));
        assertThat(mayHave(omar, content)).isTrue();
        assertThat(dropped).doesNotContain(content);
        service.ask(new MessageRequest.DeleteMessage(ines, second.id()));
        await().until(() -> dropped.contains(content));
        assertThat(mayHave(ines, content)).isFalse();
    }

    @Test
    void contentGoesWithTheConversation() throws Exception {
        String conversation = service.conversation(ines, omar);
        String content = uploaded(ines);
        send(ines, conversation, content);
        service.ask(new ConversationRequest.DeleteConversation(ines, conversation));
        await().until(() -> dropped.contains(content));
    }
}
