package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ConversationRequest.SortBy;
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
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people delete for themselves only, and what is not for them to see any more. */
class VeilsIT extends ServiceScene {
    private static int people;

    private String ines;
    private String omar;
    private String conversation;

    @BeforeEach
    void twoPeopleTalk() throws Exception {
        ines = "ines" + people;
        omar = "omar" + people++;
        service.attach(ines);
        service.attach(omar);
        conversation = service.conversation(ines, omar);
    }

    @Test
    void aConversationIsGoneForOneUserUntilSomebodyWrites() throws Exception {
        Message before = service.say(ines, conversation, "before");
        cut(omar);
        cut(omar);
        assertThat(failure(new ConversationRequest.GetConversation(omar, conversation)))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(new MessageRequest.GetMessage(omar, before.id()))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(new MessageRequest.MarkMessage(omar, before.id(), ReceiptStatus.READ)))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(list(omar)).isEmpty();
        assertThat(view(ines).total()).isEqualTo(1);

        service.ask(new ConversationRequest.ChangeConversation(
                ines, conversation, List.of(new ConversationChange.SetMetadata(List.of("a"), "b"))));
        Message after = service.say(ines, conversation, "after");
        await().until(() -> Service.texts(service.delivered(omar)).contains("after"));
        List<Event> events = events(omar);
        assertThat(events).hasSize(5);
        assertThat(events.get(2)).isEqualTo(new Event.ConversationDeleted(conversation, DeletionMode.MY_DEVICES));
        assertThat(events.get(3)).isInstanceOfSatisfying(Event.ConversationReturned.class, returned -> {
            assertThat(returned.cut()).isEqualTo(before.position());
            assertThat(returned.conversation().participants()).hasSize(2);
        });
        assertThat(((Event.MessageCreated) events.get(4)).total()).isEqualTo(1);
        assertThat(service.delivered(omar).getLast().unread()).isEqualTo(1);
        assertThat(messages(omar)).containsExactly(after.id());
        assertThat(view(omar).total()).isEqualTo(1);
        assertThat(view(omar).unread()).isEqualTo(1);
        assertThat(list(omar)).containsExactly(conversation);
        assertThat(messages(ines)).containsExactly(after.id(), before.id());
        assertThat(view(ines).total()).isEqualTo(2);
    }

    @Test
    void whatIsDeletedIsNotReplayedAndWhatIsLeftComesAsItCame() throws Exception {
        service.say(ines, conversation, "before");
        cut(omar);
        Message hidden = service.say(ines, conversation, "hidden");
        service.say(ines, conversation, "after");
        service.ask(new MessageRequest.HideMessage(omar, hidden.id()));
        await().until(() -> events(omar).getLast() instanceof Event.MessageDeleted);
        List<Delivery> expected = service.delivered(omar).stream()
                .filter(delivery -> !(delivery.event() instanceof Event.MessageCreated)
                        || Service.texts(List.of(delivery)).equals(List.of("after")))
                .toList();
        await().untilAsserted(() -> {
            Reply.HistoryPage page =
                    (Reply.HistoryPage) service.ask(new HistoryRequest.ReadHistory(omar, Position.BEGINNING, 100));
            assertThat(page.deliveries()).isEqualTo(expected);
        });
    }

    @Test
    void deletingWhileMessagesAreOnTheirWayComesOutTheSameEverywhere() throws Exception {
        List<Future<Reply>> requests = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            requests.add(service.asking(Service.message(i % 4 == 0 ? omar : ines, conversation, "text " + i)));
            if (i % 9 == 0) {
                requests.add(service.asking(new ConversationRequest.CutConversation(omar, conversation)));
            }
            if (i % 20 == 19) {
                Service.await(Future.all(requests));
            }
        }
        service.say(ines, conversation, "last");
        await().until(() -> Service.texts(service.delivered(omar)).contains("last"));
        List<String> known = new ArrayList<>();
        int total = -1;
        for (Delivery delivery : service.delivered(omar)) {
            switch (delivery.event()) {
                case Event.ConversationDeleted deleted -> known.clear();
                case Event.MessageCreated created -> {
                    known.addFirst(created.message().id());
                    total = created.total();
                }
                default -> {}
            }
        }
        assertThat(messages(omar)).isEqualTo(known);
        assertThat(total).isEqualTo(known.size());
        assertThat(view(omar).total()).isEqualTo(known.size());
        assertThat(view(omar).unread())
                .isEqualTo(service.delivered(omar).getLast().unread());
        assertThat(list(omar)).containsExactly(conversation);
    }

    @Test
    void whoAsksForADistinctConversationThatTheyHaveDeletedHasItBack() throws Exception {
        ConversationRequest.CreateConversation distinct =
                new ConversationRequest.CreateConversation(ines, LayerId.newUuid(), List.of(omar), true, null);
        service.ask(distinct);
        conversation = distinct.conversationId();
        service.say(omar, conversation, "before");
        cut(ines);
        Reply.ConversationFound found = (Reply.ConversationFound) service.ask(
                new ConversationRequest.CreateConversation(ines, LayerId.newUuid(), List.of(omar), true, null));
        assertThat(found.created()).isFalse();
        assertThat(found.view().conversation().id()).isEqualTo(conversation);
        assertThat(found.view().lastMessage()).isNull();
        assertThat(found.view().total()).isZero();
        assertThat(list(ines)).contains(conversation);
        assertThat(events(ines).getLast()).isInstanceOf(Event.ConversationReturned.class);
    }

    @Test
    void aMessageIsGoneForOneUserOnly() throws Exception {
        Message first = service.say(ines, conversation, "first");
        Message second = service.say(ines, conversation, "second");
        Message third = service.say(ines, conversation, "third");
        service.ask(new MessageRequest.MarkMessage(omar, second.id(), ReceiptStatus.READ));
        hide(omar, third);
        hide(omar, second);
        assertThat(failure(new MessageRequest.HideMessage(omar, second.id()))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(new MessageRequest.GetMessage(omar, third.id()))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(new MessageRequest.ListMessages(omar, conversation, 10, third.id())))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(messages(omar)).containsExactly(first.id());
        assertThat(messages(ines)).hasSize(3);
        ConversationView omars = view(omar);
        assertThat(omars.total()).isEqualTo(1);
        assertThat(omars.unread()).isEqualTo(1);
        assertThat(omars.lastMessage()).isNotNull().extracting(Message::id).isEqualTo(first.id());
        await().until(() -> events(omar).stream()
                        .filter(Event.MessageDeleted.class::isInstance)
                        .count()
                == 2);
        assertThat(events(omar))
                .contains(
                        new Event.MessageDeleted(third.id(), conversation, second.id(), 2, DeletionMode.MY_DEVICES),
                        new Event.MessageDeleted(second.id(), conversation, first.id(), 1, DeletionMode.MY_DEVICES));
        assertThat(events(ines)).noneMatch(Event.MessageDeleted.class::isInstance);

        Message fourth = service.say(ines, conversation, "fourth");
        assertThat(view(omar).total()).isEqualTo(2);
        service.ask(new MessageRequest.DeleteMessage(ines, third.id()));
        assertThat(view(omar).total()).isEqualTo(2);
        assertThat(view(ines).total()).isEqualTo(3);
        service.ask(new MessageRequest.DeleteMessage(ines, fourth.id()));
        assertThat(view(omar).total()).isEqualTo(1);
        assertThat(view(omar).unread()).isEqualTo(1);
        assertThat(events(omar).getLast())
                .isEqualTo(new Event.MessageDeleted(fourth.id(), conversation, first.id(), 1));
        service.ask(new ConversationRequest.MarkAllRead(omar, conversation, null));
        assertThat(view(omar).unread()).isZero();
    }

    @Test
    void pagesAreFullThoughMuchIsHidden() throws Exception {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Message message = service.say(ines, conversation, "text " + i);
            if (i % 5 == 0) {
                left.addFirst(message.id());
            } else {
                hide(omar, message);
            }
        }
        Reply.MessagePage first = page(omar, 5, null);
        Reply.MessagePage second = page(omar, 50, first.messages().getLast().id());
        assertThat(first.total()).isEqualTo(12);
        assertThat(ids(first)).isEqualTo(left.subList(0, 5));
        assertThat(ids(second)).isEqualTo(left.subList(5, 12));
    }

    @Test
    void whoIsGoneDoesNotLearnHowMuchIsSaidAfterwards() throws Exception {
        Message hidden = service.say(ines, conversation, "hidden");
        Message seen = service.say(ines, conversation, "seen");
        hide(omar, hidden);
        change(new ConversationChange.RemoveParticipant(omar));
        String busier = conversation;
        Message later = service.say(ines, conversation, "later");
        assertThat(view(omar).total()).isEqualTo(1);
        assertThat(page(omar, 10, null).total()).isEqualTo(1);
        assertThat(messages(omar)).containsExactly(seen.id());
        assertThat(failure(new MessageRequest.ListMessages(omar, conversation, 10, later.id())))
                .isEqualTo(ErrorCode.NOT_FOUND);
        String quieter = service.conversation(ines, omar);
        service.say(ines, quieter, "text");
        service.say(ines, busier, "newest");
        assertThat(list(omar)).containsExactly(quieter, busier);

        service.ask(new MessageRequest.DeleteMessage(ines, later.id()));
        service.ask(new MessageRequest.DeleteMessage(ines, hidden.id()));
        assertThat(view(omar).total()).isEqualTo(1);
        service.ask(new MessageRequest.DeleteMessage(ines, seen.id()));
        assertThat(view(omar).total()).isZero();
        assertThat(view(omar).lastMessage()).isNull();
    }

    @Test
    void whoComesBackFindsWhatTheyHadDeletedDeleted() throws Exception {
        service.say(ines, conversation, "before");
        cut(omar);
        change(new ConversationChange.RemoveParticipant(omar));
        assertThat(failure(new ConversationRequest.GetConversation(omar, conversation)))
                .isEqualTo(ErrorCode.NOT_FOUND);
        change(new ConversationChange.AddParticipant(Person.of(omar)));
        await().until(() -> events(omar).getLast() instanceof Event.ConversationCreated);
        Event.ConversationCreated back =
                (Event.ConversationCreated) events(omar).getLast();
        assertThat(back.total()).isZero();
        assertThat(back.lastMessage()).isNull();
        assertThat(view(omar).total()).isZero();
        assertThat(messages(omar)).isEmpty();
    }

    @Test
    void whoIsAddedAndRemovedAtOnceIsNoChange() throws Exception {
        String zoe = "zoe" + people++;
        ConversationRequest.CreateConversation distinct =
                new ConversationRequest.CreateConversation(ines, LayerId.newUuid(), List.of(omar), true, null);
        service.ask(distinct);
        conversation = distinct.conversationId();
        change(
                new ConversationChange.AddParticipant(Person.of(zoe)),
                new ConversationChange.RemoveParticipant(zoe),
                new ConversationChange.RemoveParticipant(omar),
                new ConversationChange.AddParticipant(Person.of(omar)));
        service.say(ines, conversation, "after");
        await().until(() -> Service.texts(service.delivered(omar)).contains("after"));
        assertThat(events(omar)).noneMatch(Event.ConversationChanged.class::isInstance);
        assertThat(view(omar).conversation().distinct()).isTrue();
    }

    @Test
    void anIdIsInUseInEveryConversationAndOnlyItsSenderSeesTheMessage() throws Exception {
        String other = service.conversation(ines, omar, "zoe");
        MessageRequest.CreateMessage first = Service.message(ines, conversation, "once");
        Reply sent = service.ask(first);
        MessageRequest.CreateMessage again =
                new MessageRequest.CreateMessage(ines, other, first.messageId(), first.parts());
        Reply.Failure mine = (Reply.Failure) service.ask(again);
        assertThat(mine.code()).isEqualTo(ErrorCode.ID_IN_USE);
        assertThat(mine.existing()).isEqualTo(sent);
        for (String where : List.of(other, conversation)) {
            Reply.Failure theirs = (Reply.Failure)
                    service.ask(new MessageRequest.CreateMessage(omar, where, first.messageId(), first.parts()));
            assertThat(theirs.code()).isEqualTo(ErrorCode.ID_IN_USE);
            assertThat(theirs.existing()).isNull();
        }
        assertThat(((Reply.MessagePage) service.ask(new MessageRequest.ListMessages(ines, other, 10, null))).total())
                .isZero();
    }

    @Test
    void whoMayNotSendDoesNotKeepTheId() throws Exception {
        MessageRequest.CreateMessage refused = Service.message("stranger", conversation, "let me in");
        assertThat(failure(refused)).isEqualTo(ErrorCode.NOT_FOUND);
        String other = service.conversation(ines, "stranger");
        assertThat(service.ask(
                        new MessageRequest.CreateMessage("stranger", other, refused.messageId(), refused.parts())))
                .isInstanceOf(Reply.MessageFound.class);
    }

    private void cut(String user) throws Exception {
        assertThat(service.ask(new ConversationRequest.CutConversation(user, conversation)))
                .isInstanceOf(Reply.Done.class);
    }

    private void hide(String user, Message message) throws Exception {
        assertThat(service.ask(new MessageRequest.HideMessage(user, message.id())))
                .isInstanceOf(Reply.Done.class);
    }

    private void change(ConversationChange... changes) throws Exception {
        assertThat(service.ask(new ConversationRequest.ChangeConversation(ines, conversation, List.of(changes))))
                .isInstanceOf(Reply.Done.class);
    }

    private static ErrorCode failure(MessagingRequest request) throws Exception {
        return ((Reply.Failure) service.ask(request)).code();
    }

    private ConversationView view(String user) throws Exception {
        return ((Reply.ConversationFound) service.ask(new ConversationRequest.GetConversation(user, conversation)))
                .view();
    }

    private static List<String> list(String user) throws Exception {
        Reply.ConversationPage page = (Reply.ConversationPage)
                service.ask(new ConversationRequest.ListConversations(user, SortBy.LAST_MESSAGE, 10, null));
        return page.views().stream().map(view -> view.conversation().id()).toList();
    }

    private Reply.MessagePage page(String user, int size, @org.jspecify.annotations.Nullable String after)
            throws Exception {
        return (Reply.MessagePage) service.ask(new MessageRequest.ListMessages(user, conversation, size, after));
    }

    private List<String> messages(String user) throws Exception {
        return ids(page(user, 1_000, null));
    }

    private static List<String> ids(Reply.MessagePage page) {
        return page.messages().stream().map(Message::id).toList();
    }

    private static List<Event> events(String user) {
        return service.delivered(user).stream().map(Delivery::event).toList();
    }
}
