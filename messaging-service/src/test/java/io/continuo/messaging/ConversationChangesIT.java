package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.ConversationView;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConversationChangesIT extends ServiceScene {
    private static int people;

    private String ines = "";
    private String omar = "";
    private String zoe = "";
    private String conversation = "";

    @BeforeEach
    void meet() throws Exception {
        ines = "ines" + people;
        omar = "omar" + people;
        zoe = "zoe" + people++;
        for (String user : List.of(ines, omar, zoe)) {
            service.attach(user);
        }
        conversation = service.conversation(ines, omar);
    }

    @Test
    void metadataChangesReachEveryoneAndAreThereAfterwards() throws Exception {
        change(
                ines,
                new ConversationChange.SetMetadata(List.of("season", "name"), "autumn"),
                new ConversationChange.SetMetadata(List.of("title"), "Orchard"));
        change(omar, new ConversationChange.DeleteMetadata(List.of("title")));

        assertThat(view(ines).conversation().metadata()).isEqualTo(Map.of("season", Map.of("name", "autumn")));
        for (String user : List.of(ines, omar)) {
            assertThat(events(user, Event.ConversationChanged.class, 2)).hasSize(2);
        }
    }

    @Test
    void aChangeIsCarriedOutAsAWholeOrNotAtAll() throws Exception {
        change(ines, new ConversationChange.SetMetadata(List.of("a"), "text"));
        Reply reply = ask(
                ines,
                new ConversationChange.SetMetadata(List.of("b"), "x"),
                new ConversationChange.SetMetadata(List.of("a", "inside"), "y"));
        assertThat(((Reply.Failure) reply).code()).isEqualTo(ErrorCode.INVALID_PROPERTY);
        assertThat(view(ines).conversation().metadata()).isEqualTo(Map.of("a", "text"));
    }

    @Test
    void whoIsAddedGetsTheConversationAndWhatFollows() throws Exception {
        service.say(ines, conversation, "before");
        change(ines, new ConversationChange.AddParticipant(Person.of(zoe)));
        service.say(ines, conversation, "after");

        await().until(() -> Service.texts(service.delivered(zoe)).contains("after"));
        Event.ConversationCreated joined =
                (Event.ConversationCreated) service.delivered(zoe).getFirst().event();
        assertThat(joined.total()).isEqualTo(1);
        assertThat(joined.lastMessage()).isNotNull();
        assertThat(Service.texts(service.delivered(zoe))).containsExactly("after");
        assertThat(view(zoe).unread()).isEqualTo(1);
        assertThat(view(omar).conversation().participants()).hasSize(3);
        Event.ConversationChanged told =
                events(omar, Event.ConversationChanged.class, 1).getFirst();
        assertThat(told.changes()).containsExactly(new ConversationChange.AddParticipant(Person.of(zoe)));
    }

    @Test
    void whoIsRemovedSeesTheConversationUpToThenAndNothingMore() throws Exception {
        service.say(ines, conversation, "before");
        change(ines, new ConversationChange.RemoveParticipant(omar));
        service.say(ines, conversation, "after");

        ConversationView left = view(omar);
        assertThat(left.conversation().participants()).isEmpty();
        Reply.MessagePage page =
                (Reply.MessagePage) service.ask(new MessageRequest.ListMessages(omar, conversation, 10, null));
        assertThat(page.messages()).hasSize(1);
        assertThat(((Reply.Failure) service.ask(Service.message(omar, conversation, "let me"))).code())
                .isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThat(Service.texts(service.delivered(omar))).containsExactly("before");
        assertThat(events(omar, Event.ConversationChanged.class, 1)).hasSize(1);
    }

    @Test
    void whoLeavesLosesTheConversationAndTheOthersLearnIt() throws Exception {
        assertThat(service.ask(new ConversationRequest.LeaveConversation(omar, conversation)))
                .isInstanceOf(Reply.Done.class);
        assertThat(events(omar, Event.ConversationDeleted.class, 1))
                .containsExactly(new Event.ConversationDeleted(conversation, DeletionMode.MY_DEVICES));
        assertThat(events(ines, Event.ConversationChanged.class, 1)).hasSize(1);
        Reply.ConversationPage list = (Reply.ConversationPage) service.ask(
                new ConversationRequest.ListConversations(omar, ConversationRequest.SortBy.CREATED_AT, 10, null));
        assertThat(list.views()).isEmpty();
    }

    @Test
    void otherPeopleMakeADistinctConversationDistinctNoMore() throws Exception {
        ConversationRequest.CreateConversation distinct =
                new ConversationRequest.CreateConversation(ines, LayerId.newUuid(), List.of(ines, omar), true, null);
        service.ask(distinct);
        service.ask(new ConversationRequest.ChangeConversation(
                ines, distinct.conversationId(), List.of(new ConversationChange.AddParticipant(Person.of(zoe)))));
        Reply.ConversationFound again = (Reply.ConversationFound) service.ask(
                new ConversationRequest.CreateConversation(ines, LayerId.newUuid(), List.of(ines, omar), true, null));
        assertThat(again.created()).isTrue();
    }

    @Test
    void aDeletedMessageIsGoneForEveryoneAndFromTheCounts() throws Exception {
        Message first = service.say(ines, conversation, "first");
        Message second = service.say(ines, conversation, "second");
        await().until(() -> view(omar).unread() == 2);
        service.ask(new MessageRequest.MarkMessage(omar, first.id(), ReceiptStatus.READ));

        service.ask(new MessageRequest.DeleteMessage(omar, second.id()));
        assertThat(view(omar).unread()).isZero();
        assertThat(view(omar).total()).isEqualTo(1);
        Message last = view(omar).lastMessage();
        assertThat(last).isNotNull().extracting("id").isEqualTo(first.id());
        assertThat(((Reply.Failure) service.ask(new MessageRequest.GetMessage(omar, second.id()))).code())
                .isEqualTo(ErrorCode.NOT_FOUND);

        service.ask(new MessageRequest.DeleteMessage(omar, first.id()));
        assertThat(view(omar).unread()).isZero();
        assertThat(view(omar).lastMessage()).isNull();
        assertThat(events(ines, Event.MessageDeleted.class, 2))
                .containsExactly(
                        new Event.MessageDeleted(second.id(), conversation, first.id(), 1),
                        new Event.MessageDeleted(first.id(), conversation, "", 0));
    }

    @Test
    void aDeletedConversationLeavesNothingButTheNews() throws Exception {
        Message message = service.say(ines, conversation, "text");
        service.ask(new MessageRequest.MarkMessage(omar, message.id(), ReceiptStatus.READ));
        service.ask(new ConversationRequest.DeleteConversation(ines, conversation));

        for (String user : List.of(ines, omar)) {
            assertThat(events(user, Event.ConversationDeleted.class, 1)).hasSize(1);
            assertThat(service.ask(new ConversationRequest.GetConversation(user, conversation)))
                    .isInstanceOf(Reply.Failure.class);
            assertThat(service.ask(new MessageRequest.GetMessage(user, message.id())))
                    .isInstanceOf(Reply.Failure.class);
        }
        await().untilAsserted(() -> {
            Reply.HistoryPage history =
                    (Reply.HistoryPage) service.ask(new HistoryRequest.ReadHistory(omar, Position.BEGINNING, 100));
            assertThat(history.deliveries())
                    .extracting(Delivery::event)
                    .containsExactly(new Event.ConversationDeleted(conversation, DeletionMode.ALL_PARTICIPANTS));
        });
    }

    @Test
    void strangersCannotChangeOrDelete() throws Exception {
        Message message = service.say(ines, conversation, "text");
        for (MessagingRequest request : List.of(
                new ConversationRequest.ChangeConversation(
                        zoe, conversation, List.of(new ConversationChange.AddParticipant(Person.of(zoe)))),
                new ConversationRequest.LeaveConversation(zoe, conversation),
                new ConversationRequest.DeleteConversation(zoe, conversation),
                new MessageRequest.DeleteMessage(zoe, message.id()))) {
            assertThat(((Reply.Failure) service.ask(request)).code()).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    private Reply ask(String user, ConversationChange... changes) throws Exception {
        return service.ask(new ConversationRequest.ChangeConversation(user, conversation, List.of(changes)));
    }

    private void change(String user, ConversationChange... changes) throws Exception {
        assertThat(ask(user, changes)).isInstanceOf(Reply.Done.class);
    }

    private ConversationView view(String user) throws Exception {
        return ((Reply.ConversationFound) service.ask(new ConversationRequest.GetConversation(user, conversation)))
                .view();
    }

    /** The events of one kind that a user has been given, once there are as many as expected. */
    private static <T extends Event> List<T> events(String user, Class<T> kind, int expected) {
        await().until(() -> events(user, kind).size() >= expected);
        return events(user, kind);
    }

    private static <T extends Event> List<T> events(String user, Class<T> kind) {
        return service.delivered(user).stream()
                .map(Delivery::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
