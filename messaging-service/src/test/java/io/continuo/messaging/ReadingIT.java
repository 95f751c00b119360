package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.model.Message;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.farm.Topology;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading a whole conversation at once. */
class ReadingIT extends ServiceScene {
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
    void everythingIsReadAndEverybodyLearnsItOnce() throws Exception {
        List<Message> messages = say(5);
        await().until(() -> unread(omar) == 5);
        markAll(omar, null);
        markAll(omar, null);

        assertThat(unread(omar)).isZero();
        for (String user : List.of(ines, omar)) {
            Reply.MessagePage page = list(user);
            assertThat(page.messages())
                    .allSatisfy(message -> assertThat(message.recipients()).containsEntry(omar, ReceiptStatus.READ));
            assertThat(allRead(user, 1))
                    .containsExactly(new Event.AllRead(
                            conversation,
                            omar,
                            messages.getLast().position(),
                            messages.reversed().stream().map(Message::id).toList()));
        }
        assertThat(service.delivered(omar).getLast().unread()).isZero();
        assertThat(service.delivered(ines).getLast().unread()).isEqualTo(Delivery.UNCHANGED);
    }

    @Test
    void whatIsNewerStaysUnreadAndWhatWasReadBeforeIsNotCountedTwice() throws Exception {
        List<Message> messages = say(6);
        read(omar, messages.get(1));
        read(omar, messages.get(4));
        await().until(() -> unread(omar) == 4);
        markAll(omar, messages.get(2).position());
        assertThat(unread(omar)).isEqualTo(2);

        read(omar, messages.get(0));
        assertThat(unread(omar)).isEqualTo(2);
        read(omar, messages.get(3));
        assertThat(unread(omar)).isEqualTo(1);
        service.ask(new MessageRequest.DeleteMessage(ines, messages.get(0).id()));
        assertThat(unread(omar)).isEqualTo(1);
        service.ask(new MessageRequest.DeleteMessage(ines, messages.get(5).id()));
        assertThat(unread(omar)).isZero();
    }

    @Test
    void aMarkNeverGoesBackAndNothingUnreadIsNoNews() throws Exception {
        List<Message> messages = say(4);
        markAll(omar, messages.get(2).position());
        markAll(omar, messages.get(0).position());
        markAll(omar, -5L);
        assertThat(unread(omar)).isEqualTo(1);
        assertThat(allRead(ines, 1)).hasSize(1);
    }

    @Test
    void whatIsSentMeanwhileIsEitherReadOrCounted() throws Exception {
        say(20);
        List<Future<Reply>> requests = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            requests.add(service.asking(Service.message(ines, conversation, "text")));
            if (i % 3 == 0) {
                requests.add(service.asking(new ConversationRequest.MarkAllRead(omar, conversation, null)));
            }
        }
        Service.await(Future.all(requests));
        await().untilAsserted(() -> assertThat(unread(omar)).isEqualTo((int) list(omar).messages().stream()
                .filter(message -> message.unreadBy(omar))
                .count()));
    }

    @Test
    void inTheMiddleOfMuchTheMarkGoesForwardInStrides() throws Exception {
        assumeThat(Topology.isChosen())
                .as("several servers do not store in the order in which they are asked")
                .isFalse();
        List<Future<Reply>> sending = new ArrayList<>();
        for (int i = 0; i < 3_300; i++) {
            sending.add(service.asking(Service.message(i % 10 == 0 ? omar : ines, conversation, "text")));
        }
        Service.await(Future.all(sending));
        await().until(() -> unread(omar) == 2_970);
        markAll(omar, 1_500L * Message.POSITION_STEP);
        assertThat(unread(omar)).isEqualTo(1_620);
        List<Event.AllRead> told = allRead(ines, 2);
        assertThat(told).extracting(Event.AllRead::position).containsExactly(4_096_000L, 6_144_000L);
        assertThat(told).allSatisfy(event -> assertThat(event.messageIds()).hasSizeBetween(85, 100));
    }

    @Test
    void inALargeRoomOnlyTheReaderAndTheSendersLearnIt() throws Exception {
        String[] users = new String[8];
        for (int i = 0; i < users.length; i++) {
            users[i] = "room" + people++;
            service.attach(users[i]);
        }
        String room = service.conversation(users);
        service.say(users[0], room, "hello");
        service.say(users[1], room, "hi");
        service.ask(new ConversationRequest.MarkAllRead(users[2], room, null));
        service.say(users[0], room, "last");
        for (int i = 0; i < users.length; i++) {
            String user = users[i];
            await().until(() -> Service.texts(service.delivered(user)).contains("last"));
            assertThat(allRead(user, 0)).hasSize(i < 3 ? 1 : 0);
        }
        Reply.MessagePage page =
                (Reply.MessagePage) service.ask(new MessageRequest.ListMessages(users[2], room, 10, null));
        assertThat(page.messages())
                .extracting(message -> message.unreadBy(users[2]))
                .containsExactly(true, false, false);
    }

    @Test
    void itIsReplayedAsItWasDelivered() throws Exception {
        say(3);
        markAll(omar, null);
        await().until(() -> !allRead(ines, 1).isEmpty());
        for (String user : List.of(ines, omar)) {
            await().untilAsserted(() -> {
                Reply.HistoryPage page =
                        (Reply.HistoryPage) service.ask(new HistoryRequest.ReadHistory(user, Position.BEGINNING, 100));
                assertThat(page.deliveries()).isEqualTo(service.delivered(user));
            });
        }
    }

    @Test
    void strangersLearnNothing() throws Exception {
        say(1);
        Reply reply = service.ask(new ConversationRequest.MarkAllRead("stranger", conversation, null));
        assertThat(((Reply.Failure) reply).code()).isEqualTo(ErrorCode.NOT_FOUND);
        service.ask(new ConversationRequest.LeaveConversation(omar, conversation));
        reply = service.ask(new ConversationRequest.MarkAllRead(omar, conversation, null));
        assertThat(((Reply.Failure) reply).code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    }

    private List<Message> say(int count) throws Exception {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(service.say(ines, conversation, "text " + i));
        }
        return messages;
    }

    private void read(String user, Message message) throws Exception {
        service.ask(new MessageRequest.MarkMessage(user, message.id(), ReceiptStatus.READ));
    }

    private void markAll(String user, @Nullable Long position) throws Exception {
        assertThat(service.ask(new ConversationRequest.MarkAllRead(user, conversation, position)))
                .isInstanceOf(Reply.Done.class);
    }

    private int unread(String user) throws Exception {
        return ((Reply.ConversationFound) service.ask(new ConversationRequest.GetConversation(user, conversation)))
                .view()
                .unread();
    }

    private Reply.MessagePage list(String user) throws Exception {
        return (Reply.MessagePage) service.ask(new MessageRequest.ListMessages(user, conversation, 100, null));
    }

    private static List<Event.AllRead> allRead(String user, int expected) {
        await().until(() -> allRead(user).size() >= expected);
        return allRead(user);
    }

    private static List<Event.AllRead> allRead(String user) {
        return service.delivered(user).stream()
                .map(Delivery::event)
                .filter(Event.AllRead.class::isInstance)
                .map(Event.AllRead.class::cast)
                .toList();
    }
}
