package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.bus.UserRequest;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.model.BlockChange;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.ConversationView;
import io.continuo.common.model.Identity;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.common.model.PushToken;
import io.continuo.common.redis.Keys;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Blocks, suspension, badges and push tokens on a real Redis. */
class AccountsIT extends ServiceScene {
    @Test
    void whatABlockedUserSaysIsKeptFromTheBlockerAndFromNobodyElse() throws Exception {
        String ines = someone();
        String omar = someone();
        String zoe = someone();
        String conversation = service.conversation(ines, omar, zoe);
        for (String user : List.of(ines, omar, zoe)) {
            service.attach(user);
        }
        service.say(omar, conversation, "before");
        await().until(() -> texts(ines).contains("before"));
        change(ines, BlockChange.Kind.ADD, omar);
        Message hidden = service.say(omar, conversation, "hidden");
        Message shown = service.say(zoe, conversation, "shown");
        await().until(() -> texts(ines).contains("shown") && texts(zoe).contains("shown"));
        assertThat(texts(ines)).containsExactly("before", "shown");
        assertThat(texts(zoe)).containsExactly("before", "hidden", "shown");
        assertThatPositionsAreDense(service.delivered(ines));

        Reply.MessagePage page = list(ines, conversation, 1, null);
        assertThat(page.total()).isEqualTo(2);
        assertThat(page.messages()).extracting(Message::id).containsExactly(shown.id());
        assertThat(list(ines, conversation, 1, shown.id()).messages())
                .extracting(message -> message.parts().getFirst().body())
                .containsExactly("before");
        assertThat(list(zoe, conversation, 100, null).total()).isEqualTo(3);
        assertThat(failure(new MessageRequest.GetMessage(ines, hidden.id()))).isEqualTo(ErrorCode.NOT_FOUND);
        ConversationView view = view(ines, conversation);
        assertThat(view.unread()).isEqualTo(2);
        assertThat(view.total()).isEqualTo(2);

        service.say(omar, conversation, "hidden too");
        await().until(() -> view(ines, conversation).total() == 2);
        assertThat(view(ines, conversation).lastMessage())
                .extracting(Message::id)
                .isEqualTo(shown.id());

        ask(new MessageRequest.DeleteMessage(omar, hidden.id()));
        assertThat(view(ines, conversation).unread()).isEqualTo(2);
        assertThat(service.delivered(ines)).noneMatch(delivery -> delivery.event() instanceof Event.MessageDeleted);

        change(ines, BlockChange.Kind.SET);
        service.say(omar, conversation, "heard again");
        await().until(() -> texts(ines).contains("heard again"));
    }

    @Test
    void whoIsBlockedOrBlocksIsNotTakenIntoAConversation() throws Exception {
        String ines = someone();
        String omar = someone();
        String zoe = someone();
        String conversation = service.conversation(omar, zoe);
        change(ines, BlockChange.Kind.ADD, omar);
        assertThat(failure(create(omar, ines))).isEqualTo(ErrorCode.PARTICIPANT_BLOCKED);
        assertThat(failure(create(ines, omar))).isEqualTo(ErrorCode.PARTICIPANT_BLOCKED);
        assertThat(failure(new ConversationRequest.ChangeConversation(
                        omar, conversation, List.of(new ConversationChange.AddParticipant(Person.of(ines))))))
                .isEqualTo(ErrorCode.PARTICIPANT_BLOCKED);
        change(ines, BlockChange.Kind.REMOVE, omar);
        assertThat(ask(create(omar, ines))).isInstanceOf(Reply.ConversationFound.class);
    }

    @Test
    void tellsWhomOneHasBlocked() throws Exception {
        String ines = someone();
        change(ines, BlockChange.Kind.ADD, "b1", "b2", ines);
        Reply.UserPage page = (Reply.UserPage) ask(new UserRequest.ListBlocks(ines, 100, null));
        assertThat(page.users()).containsExactlyInAnyOrder("b1", "b2");
        assertThat(ask(new UserRequest.CheckBlock(ines, "b1"))).isEqualTo(Reply.Done.INSTANCE);
        change(ines, BlockChange.Kind.SET, "b3");
        assertThat(failure(new UserRequest.CheckBlock(ines, "b1"))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(ask(new UserRequest.CheckBlock(ines, "b3"))).isEqualTo(Reply.Done.INSTANCE);
    }

    @Test
    void aSuspendedUserIsLetInNowhereUntilItIsLifted() throws Exception {
        String ines = someone();
        BlockingQueue<GatewayMessage> news = new LinkedBlockingQueue<>();
        Service.await(service.vertx
                .eventBus()
                .<GatewayMessage>consumer(Addresses.GATEWAYS, message -> news.add(message.body()))
                .completion());
        suspend(ines, true);
        assertThat(news.poll(10, TimeUnit.SECONDS)).isEqualTo(new GatewayMessage.SuspendUser(ines));
        MessagingRequest login = new SessionRequest.OpenSession(Identity.of(ines), null);
        MessagingRequest check = new SessionRequest.CheckSession(ines, "session", 7);
        MessagingRequest attach = new HistoryRequest.Attach(ines, "session", 7, Service.LOOP, 1, null);
        for (MessagingRequest request : List.of(login, check, attach)) {
            assertThat(failure(request)).isEqualTo(ErrorCode.USER_SUSPENDED);
        }
        assertThat(ask(new UserRequest.GetUser(ines))).isEqualTo(new Reply.UserFound(ines, true));
        suspend(ines, false);
        assertThat(ask(login)).isInstanceOf(Reply.SessionOpened.class);
        assertThat(ask(check)).isEqualTo(Reply.Done.INSTANCE);
        assertThat(service.attach(ines)).isNotNull();
    }

    @Test
    void theBadgeCountsWhatIsUnread() throws Exception {
        String ines = someone();
        String omar = someone();
        service.attach(ines);
        for (int i = 0; i < 2; i++) {
            String conversation = service.conversation(ines, omar);
            service.say(omar, conversation, "one");
            service.say(omar, conversation, "two");
        }
        await().until(() -> texts(ines).size() == 4);
        ask(new UserRequest.SetBadge(ines, 7));
        assertThat(ask(new UserRequest.GetBadge(ines))).isEqualTo(new Reply.BadgeFound(7, 2, 4));
    }

    @Test
    void aUserHasAtMostTwentyFiveDevicesAndADeviceOneUser() throws Exception {
        String ines = someone();
        String omar = someone();
        for (int i = 0; i < 26; i++) {
            save(ines, "device" + i);
        }
        save(ines, "device1");
        save(ines, "device27");
        assertThat(devices(ines)).hasSize(25).contains("device1", "device27").doesNotContain("device0", "device2");
        save(omar, "device1");
        assertThat(devices(ines)).doesNotContain("device1");
        assertThat(devices(omar)).containsExactly("device1");
        ask(new UserRequest.DeletePushToken(omar, "device1"));
        assertThat(devices(omar)).isEmpty();
    }

    private static void save(String user, String device) throws Exception {
        ask(new UserRequest.SavePushToken(user, new PushToken(device, "gcm", "token", null, null, null)));
    }

    private static List<String> devices(String user) throws Exception {
        return service.redis(link -> link.send(Request.cmd(Command.HKEYS).arg(Keys.pushTokens(user)))).stream()
                .map(Response::toString)
                .toList();
    }

    private static void change(String user, BlockChange.Kind kind, String... others) throws Exception {
        assertThat(ask(new UserRequest.ChangeUser(user, List.of(new BlockChange(kind, List.of(others))), null)))
                .isEqualTo(Reply.Done.INSTANCE);
    }

    private static void suspend(String user, boolean suspended) throws Exception {
        ask(new UserRequest.ChangeUser(user, List.of(), suspended));
    }

    private static MessagingRequest create(String user, String other) {
        return new ConversationRequest.CreateConversation(user, LayerId.newUuid(), List.of(other), false, null);
    }

    private static Reply.MessagePage list(String user, String conversation, int size, @Nullable String after)
            throws Exception {
        return (Reply.MessagePage) ask(new MessageRequest.ListMessages(user, conversation, size, after));
    }

    private static ConversationView view(String user, String conversation) throws Exception {
        return ((Reply.ConversationFound) ask(new ConversationRequest.GetConversation(user, conversation))).view();
    }

    private static List<String> texts(String user) {
        return Service.texts(service.delivered(user));
    }

    private static void assertThatPositionsAreDense(List<Delivery> deliveries) {
        List<Position> positions = deliveries.stream().map(Delivery::position).toList();
        IntStream.range(1, positions.size())
                .forEach(i -> assertThat(positions.get(i).seq())
                        .isEqualTo(
                                positions.get(i - 1).seq() + deliveries.get(i).span()));
    }

    private static Reply ask(MessagingRequest request) throws Exception {
        return service.ask(request);
    }

    private static ErrorCode failure(MessagingRequest request) throws Exception {
        return ((Reply.Failure) ask(request)).code();
    }
}
