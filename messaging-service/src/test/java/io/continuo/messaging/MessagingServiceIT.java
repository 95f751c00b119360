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
import io.continuo.common.event.Verdict;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.ReceiptStatus;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessagingServiceIT extends ServiceScene {
    @Test
    void everyParticipantGetsTheConversationAndThenItsMessagesInOneOrder() throws Exception {
        String ines = someone();
        String omar = someone();
        service.attach(ines);
        service.attach(omar);
        String conversation = service.conversation(ines, omar);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            service.say(i % 2 == 0 ? ines : omar, conversation, "text " + i);
            said.add("text " + i);
        }
        for (String user : List.of(ines, omar)) {
            await().until(() -> service.delivered(user).size() == 51);
            List<Delivery> delivered = service.delivered(user);
            assertThat(delivered.getFirst().event()).isInstanceOf(Event.ConversationCreated.class);
            assertThat(Service.texts(delivered)).isEqualTo(said);
            assertThatPositionsAreDense(delivered);
        }
    }

    @Test
    void concurrentWritersReachAllInTheSameOrderWithoutLossOrRepetition() throws Exception {
        List<String> users = List.of(someone(), someone(), someone());
        for (String user : users) {
            service.attach(user);
        }
        String conversation = service.conversation(users.toArray(String[]::new));
        List<Future<Reply>> sending = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            sending.add(service.asking(Service.message(users.get(i % 3), conversation, "text " + i)));
        }
        Service.await(Future.all(sending));
        await().until(() ->
                users.stream().allMatch(user -> service.delivered(user).size() == 601));
        List<String> order = Service.texts(service.delivered(users.getFirst()));
        assertThat(order).hasSize(600).doesNotHaveDuplicates();
        for (String user : users) {
            assertThat(Service.texts(service.delivered(user))).isEqualTo(order);
            assertThatPositionsAreDense(service.delivered(user));
        }
    }

    @Test
    void whatWasDeliveredLiveIsWhatTheHistoryHolds() throws Exception {
        String ines = someone();
        String omar = someone();
        service.attach(omar);
        String conversation = service.conversation(ines, omar);
        for (int i = 0; i < 20; i++) {
            Message message = service.say(ines, conversation, "text " + i);
            service.ask(new MessageRequest.MarkMessage(omar, message.id(), ReceiptStatus.DELIVERED));
            service.ask(new MessageRequest.MarkMessage(omar, message.id(), ReceiptStatus.READ));
        }
        await().until(() -> service.delivered(omar).size() == 61);
        List<Delivery> history = new ArrayList<>();
        Position after = Position.BEGINNING;
        Reply.HistoryPage page;
        do {
            page = (Reply.HistoryPage) service.ask(new HistoryRequest.ReadHistory(omar, after, 7));
            history.addAll(page.deliveries());
            after = page.next();
        } while (!page.deliveries().isEmpty());
        assertThat(history).isEqualTo(service.delivered(omar));
        assertThat(after).isEqualTo(page.tail());
    }

    @Test
    void aRepeatedMessageIsAnsweredWithTheFirstAndSentOnce() throws Exception {
        String ines = someone();
        String omar = someone();
        service.attach(omar);
        String conversation = service.conversation(ines, omar);
        MessageRequest.CreateMessage request = Service.message(ines, conversation, "once");
        Reply first = service.ask(request);
        Reply.Failure second = (Reply.Failure) service.ask(request);
        assertThat(second.code()).isEqualTo(ErrorCode.ID_IN_USE);
        assertThat(second.existing()).isEqualTo(first);
        service.say(ines, conversation, "after");
        await().until(() -> Service.texts(service.delivered(omar)).contains("after"));
        assertThat(Service.texts(service.delivered(omar))).containsExactly("once", "after");
    }

    @Test
    void aDistinctConversationIsFoundAgainByAnyOfItsPeople() throws Exception {
        String ines = someone();
        String omar = someone();
        Reply.ConversationFound created = (Reply.ConversationFound) service.ask(distinct(ines, omar, Map.of("a", "b")));
        assertThat(created.created()).isTrue();
        String id = created.view().conversation().id();

        Reply.ConversationFound found = (Reply.ConversationFound) service.ask(distinct(omar, ines, null));
        assertThat(found.created()).isFalse();
        assertThat(found.view().conversation().id()).isEqualTo(id);

        Reply.Failure mismatch = (Reply.Failure) service.ask(distinct(omar, ines, Map.of("a", "c")));
        assertThat(mismatch.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(existingId(mismatch)).isEqualTo(id);
    }

    @Test
    void twoWhoCreateADistinctConversationAtOnceEndInOne() throws Exception {
        for (int round = 0; round < 20; round++) {
            String ines = someone();
            String omar = someone();
            Future<Reply> one = service.asking(distinct(ines, omar, null));
            Future<Reply> other = service.asking(distinct(omar, ines, null));
            Service.await(Future.all(one, other));
            assertThat(((Reply.ConversationFound) one.result())
                            .view()
                            .conversation()
                            .id())
                    .isEqualTo(((Reply.ConversationFound) other.result())
                            .view()
                            .conversation()
                            .id());
        }
    }

    @Test
    void aRepeatedConversationIsAnsweredWithTheFirst() throws Exception {
        String ines = someone();
        ConversationRequest.CreateConversation request = distinct(ines, someone(), null);
        service.ask(request);
        Reply.Failure again = (Reply.Failure) service.ask(request);
        assertThat(again.code()).isEqualTo(ErrorCode.ID_IN_USE);
        assertThat(existingId(again)).isEqualTo(request.conversationId());
    }

    @Test
    void receiptsMoveForwardOnlyAndUnreadCountsFollow() throws Exception {
        String ines = someone();
        String omar = someone();
        service.attach(ines);
        service.attach(omar);
        String conversation = service.conversation(ines, omar);
        Message first = service.say(ines, conversation, "first");
        service.say(ines, conversation, "second");
        await().until(() -> unread(omar, conversation) == 2);

        service.ask(new MessageRequest.MarkMessage(omar, first.id(), ReceiptStatus.READ));
        assertThat(unread(omar, conversation)).isEqualTo(1);
        service.ask(new MessageRequest.MarkMessage(omar, first.id(), ReceiptStatus.DELIVERED));
        service.ask(new MessageRequest.MarkMessage(omar, first.id(), ReceiptStatus.READ));
        assertThat(unread(omar, conversation)).isEqualTo(1);

        Reply.MessageFound seen = (Reply.MessageFound) service.ask(new MessageRequest.GetMessage(ines, first.id()));
        assertThat(seen.message().recipients())
                .containsEntry(omar, ReceiptStatus.READ)
                .containsEntry(ines, ReceiptStatus.READ);
        List<Delivery> receipts = service.delivered(ines).stream()
                .filter(delivery -> delivery.event() instanceof Event.ReceiptChanged)
                .toList();
        assertThat(receipts).hasSize(1);
        assertThat(unread(ines, conversation)).isZero();
    }

    @Test
    void inALargeRoomAReceiptReachesOnlySenderAndReader() throws Exception {
        String[] users = new String[8];
        for (int i = 0; i < users.length; i++) {
            users[i] = someone();
            service.attach(users[i]);
        }
        String conversation = service.conversation(users);
        Message message = service.say(users[0], conversation, "hello, all");
        assertThat(message.recipients()).containsOnlyKeys(users[0]);
        service.ask(new MessageRequest.MarkMessage(users[1], message.id(), ReceiptStatus.READ));
        service.say(users[0], conversation, "last");
        for (int i = 0; i < users.length; i++) {
            String user = users[i];
            await().until(() -> Service.texts(service.delivered(user)).contains("last"));
            long receipts = service.delivered(user).stream()
                    .filter(delivery -> delivery.event() instanceof Event.ReceiptChanged)
                    .count();
            assertThat(receipts).isEqualTo(i < 2 ? 1 : 0);
        }
    }

    @Test
    void strangersLearnNothing() throws Exception {
        String conversation = service.conversation(someone(), someone());
        String stranger = someone();
        for (MessagingRequest request : List.of(
                Service.message(stranger, conversation, "let me in"),
                new ConversationRequest.GetConversation(stranger, conversation),
                new MessageRequest.ListMessages(stranger, conversation, 10, null),
                new ConversationRequest.GetAudience(stranger, conversation))) {
            assertThat(((Reply.Failure) service.ask(request)).code()).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void pagesOfMessagesFollowEachOtherWithoutGapOrOverlap() throws Exception {
        String ines = someone();
        String conversation = service.conversation(ines, someone());
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            said.addFirst(service.say(ines, conversation, "text " + i).id());
        }
        List<String> read = new ArrayList<>();
        Reply.MessagePage page;
        do {
            String after = read.isEmpty() ? null : read.getLast();
            page = (Reply.MessagePage) service.ask(new MessageRequest.ListMessages(ines, conversation, 10, after));
            assertThat(page.total()).isEqualTo(25);
            page.messages().forEach(message -> read.add(message.id()));
        } while (!page.messages().isEmpty());
        assertThat(read).isEqualTo(said);
    }

    @Test
    void conversationsAreListedByCreationOrByTheirNewestMessage() throws Exception {
        String ines = someone();
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            created.addFirst(service.conversation(ines, someone()));
        }
        assertThat(listed(ines, ConversationRequest.SortBy.CREATED_AT)).hasSameElementsAs(created);
        String oldest = created.getLast();
        // Both orders are by the millisecond: the message is not to fall into that of the newest conversation.
        long now = System.currentTimeMillis();
        await().until(() -> System.currentTimeMillis() > now);
        service.say(ines, oldest, "again");
        assertThat(listed(ines, ConversationRequest.SortBy.LAST_MESSAGE).getFirst())
                .isEqualTo(oldest);
    }

    @Test
    void whoResumesLearnsWhatCanBeHad() throws Exception {
        String ines = someone();
        String omar = someone();
        String conversation = service.conversation(ines, omar);
        Position early = service.attach(omar).tail();
        service.say(ines, conversation, "one");
        service.say(ines, conversation, "two");
        await().until(() -> unread(omar, conversation) == 2);

        Reply.Attached resumed = service.resume(omar, early);
        assertThat(resumed.start()).isEqualTo(early);
        assertThat(resumed.verdict()).isEqualTo(new Verdict(Verdict.Kind.COMPLETE, early, resumed.tail()));
        Position middle = new Position(resumed.tail().ms(), resumed.tail().seq() - 1);
        assertThat(service.resume(omar, middle).verdict()).extracting("kind").isEqualTo(Verdict.Kind.COMPLETE);
        Position future = new Position(resumed.tail().ms() + 1, resumed.tail().seq() + 10);
        assertThat(service.resume(omar, future).verdict()).extracting("kind").isEqualTo(Verdict.Kind.LOST);
    }

    @Test
    void aLateDetachDoesNotUndoANewerAttachment() throws Exception {
        String ines = someone();
        String omar = someone();
        String conversation = service.conversation(ines, omar);
        service.ask(new HistoryRequest.Attach(omar, "session", 7, Service.LOOP, 2_000_002, null));
        service.ask(new HistoryRequest.Detach(omar, Service.LOOP, 2_000_001));
        service.say(ines, conversation, "still there");
        await().until(() -> Service.texts(service.delivered(omar)).contains("still there"));
    }

    private static ConversationRequest.CreateConversation distinct(
            String user, String other, @Nullable Map<String, Object> metadata) {
        return new ConversationRequest.CreateConversation(
                user, LayerId.newUuid(), List.of(user, other), true, metadata);
    }

    private static String existingId(Reply.Failure failure) {
        Reply existing = Objects.requireNonNull(failure.existing());
        return ((Reply.ConversationFound) existing).view().conversation().id();
    }

    private static int unread(String user, String conversation) throws Exception {
        Reply reply = service.ask(new ConversationRequest.GetConversation(user, conversation));
        return ((Reply.ConversationFound) reply).view().unread();
    }

    private static List<String> listed(String user, ConversationRequest.SortBy order) throws Exception {
        List<String> all = new ArrayList<>();
        Reply.ConversationPage page;
        do {
            String after = all.isEmpty() ? null : all.getLast();
            page = (Reply.ConversationPage)
                    service.ask(new ConversationRequest.ListConversations(user, order, 2, after));
            page.views().forEach(view -> all.add(view.conversation().id()));
        } while (!page.views().isEmpty());
        return all;
    }

    private static void assertThatPositionsAreDense(List<Delivery> delivered) {
        long seq = delivered.getFirst().firstSeq() - 1;
        long ms = 0;
        for (Delivery delivery : delivered) {
            assertThat(delivery.firstSeq()).isEqualTo(seq + 1);
            assertThat(delivery.position().ms()).isGreaterThanOrEqualTo(ms);
            seq = delivery.position().seq();
            ms = delivery.position().ms();
        }
    }
}
