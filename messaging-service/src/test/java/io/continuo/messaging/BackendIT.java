package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.ConversationView;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.UserId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an app's own backend may do. */
class BackendIT {
    private static final String SHOP = UserId.backend("shop");
    private static final String CLUB = UserId.backend("club");

    private static Service service;

    private final String ines = UserId.of("shop", "ines-" + LayerId.newUuid());
    private final String omar = UserId.of("shop", "omar-" + LayerId.newUuid());
    private final String zoe = UserId.of("shop", "zoe-" + LayerId.newUuid());

    @BeforeAll
    static void start() throws Exception {
        service = new Service(1);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @BeforeEach
    void attach() throws Exception {
        service.attach(ines);
        service.attach(omar);
    }

    @Test
    void createsAConversationInWhichItDoesNotTakePart() throws Exception {
        String id = LayerId.newUuid();
        MessagingRequest create =
                new ConversationRequest.CreateConversation(SHOP, id, List.of(ines, omar), false, Map.of("title", "t"));
        ConversationView view = ((Reply.ConversationFound) service.ask(create)).view();
        assertThat(view.conversation().participants())
                .extracting(Person::userId)
                .containsExactlyInAnyOrder(ines, omar);
        await().until(() -> !service.delivered(ines).isEmpty());
        assertThat(service.delivered(ines).getFirst().event()).isInstanceOf(Event.ConversationCreated.class);

        Reply.Failure again = (Reply.Failure) service.ask(create);
        assertThat(again.code()).isEqualTo(ErrorCode.ID_IN_USE);
        assertThat(again.existing()).isInstanceOf(Reply.ConversationFound.class);
    }

    @Test
    void findsTheDistinctConversationThatItsUsersHave() throws Exception {
        String id = LayerId.newUuid();
        service.ask(new ConversationRequest.CreateConversation(ines, id, List.of(omar), true, null));
        Reply.ConversationFound found = (Reply.ConversationFound) service.ask(
                new ConversationRequest.CreateConversation(SHOP, LayerId.newUuid(), List.of(ines, omar), true, null));
        assertThat(found.created()).isFalse();
        assertThat(found.view().conversation().id()).isEqualTo(id);
    }

    @Test
    void changesReadsAndDeletesWhatItsUsersHaveCreated() throws Exception {
        String id = service.conversation(ines, omar);
        assertThat(service.ask(new ConversationRequest.ChangeConversation(
                        SHOP, id, List.of(new ConversationChange.RemoveParticipant(omar)))))
                .isEqualTo(Reply.Done.INSTANCE);
        ConversationView view =
                ((Reply.ConversationFound) service.ask(new ConversationRequest.GetConversation(SHOP, id))).view();
        assertThat(view.conversation().participants())
                .extracting(Person::userId)
                .containsExactly(ines);
        assertThat(service.ask(new ConversationRequest.DeleteConversation(SHOP, id)))
                .isEqualTo(Reply.Done.INSTANCE);
        assertThat(service.ask(new ConversationRequest.DeleteConversation(SHOP, id)))
                .isEqualTo(Reply.Done.INSTANCE);
        assertThat(code(service.ask(new ConversationRequest.GetConversation(SHOP, id))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        await().until(() -> last(ines).event() instanceof Event.ConversationDeleted);
    }

    @Test
    void seesNothingOfAnotherApp() throws Exception {
        String id = service.conversation(ines, omar);
        Message message = service.say(ines, id, "hi");
        List<MessagingRequest> attempts = List.of(
                new ConversationRequest.GetConversation(CLUB, id),
                new ConversationRequest.ChangeConversation(
                        CLUB, id, List.of(new ConversationChange.SetMetadata(List.of("a"), "b"))),
                new MessageRequest.ListMessages(CLUB, id, 10, null),
                new MessageRequest.GetMessage(CLUB, message.id()),
                new MessageRequest.CreateMessageFor(CLUB, Service.message(UserId.of("club", "ines"), id, "hi")),
                new MessageRequest.DeleteMessage(CLUB, message.id()),
                new ConversationRequest.DeleteConversation(CLUB, id),
                new ConversationRequest.DeleteConversation(UserId.backend(""), id));
        for (MessagingRequest attempt : attempts) {
            assertThat(code(service.ask(attempt))).as(attempt.toString()).isEqualTo(ErrorCode.NOT_FOUND);
        }
        assertThat(service.ask(new MessageRequest.GetMessage(SHOP, message.id())))
                .isInstanceOf(Reply.MessageFound.class);
    }

    @Test
    void speaksForAUserWhoNeedNotTakePart() throws Exception {
        String id = service.conversation(ines, omar);
        MessageRequest.CreateMessageFor create =
                new MessageRequest.CreateMessageFor(SHOP, Service.message(zoe, id, "hello"));
        Message sent = ((Reply.MessageFound) service.ask(create)).message();
        assertThat(sent.sender().userId()).isEqualTo(zoe);
        assertThat(sent.recipients()).isEqualTo(Map.of(ines, ReceiptStatus.SENT, omar, ReceiptStatus.SENT));
        await().until(() -> last(omar).event() instanceof Event.MessageCreated);
        assertThat(last(omar).unread()).isEqualTo(1);
        assertThat(last(ines).unread()).isEqualTo(1);
        Reply.Failure again = (Reply.Failure) service.ask(create);
        assertThat(again.code()).isEqualTo(ErrorCode.ID_IN_USE);
        assertThat(again.existing())
                .isInstanceOfSatisfying(
                        Reply.MessageFound.class,
                        found -> assertThat(found.message()).isEqualTo(sent));
    }

    @Test
    void speaksUnderANameAlone() throws Exception {
        String id = service.conversation(ines, omar);
        String name = UserId.ofName("shop", "The Robot");
        Message sent = ((Reply.MessageFound)
                        service.ask(new MessageRequest.CreateMessageFor(SHOP, Service.message(name, id, "beep"))))
                .message();
        assertThat(sent.sender().displayName()).isEqualTo("The Robot");
        service.ask(new MessageRequest.MarkMessage(omar, sent.id(), ReceiptStatus.READ));
        Message seen = ((Reply.MessageFound) service.ask(new MessageRequest.GetMessage(SHOP, sent.id()))).message();
        assertThat(seen.sender().displayName()).isEqualTo("The Robot");
        assertThat(seen.recipients()).isEqualTo(Map.of(ines, ReceiptStatus.SENT, omar, ReceiptStatus.READ));
    }

    @Test
    void readsAndDeletesMessages() throws Exception {
        String id = service.conversation(ines, omar);
        Message first = service.say(ines, id, "1");
        Message second = service.say(omar, id, "2");
        Reply.MessagePage page = (Reply.MessagePage) service.ask(new MessageRequest.ListMessages(SHOP, id, 10, null));
        assertThat(page.messages()).extracting(Message::id).containsExactly(second.id(), first.id());
        assertThat(page.messages().getFirst().recipients()).containsOnlyKeys(ines, omar);
        assertThat(service.ask(new MessageRequest.DeleteMessage(SHOP, first.id())))
                .isEqualTo(Reply.Done.INSTANCE);
        assertThat(code(service.ask(new MessageRequest.GetMessage(ines, first.id()))))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    private static Delivery last(String user) {
        List<Delivery> all = service.delivered(user);
        return all.getLast();
    }

    private static ErrorCode code(Reply reply) {
        return ((Reply.Failure) reply).code();
    }
}
