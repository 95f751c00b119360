package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.model.ChannelView;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.ConversationChange.AddParticipant;
import io.continuo.common.model.ConversationChange.RemoveParticipant;
import io.continuo.common.model.ConversationChange.SetMetadata;
import io.continuo.common.model.ConversationChange.SetName;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.MemberRole;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.UserId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelsIT extends ServiceScene {
    private static int round;

    private String ines = "";
    private String omar = "";
    private String zoe = "";
    private String name = "";
    private String channel = "";

    @BeforeEach
    void meet() throws Exception {
        ines = "ines" + round;
        omar = "omar" + round;
        zoe = "zoe" + round;
        name = "pears" + round++;
        for (String user : List.of(ines, omar, zoe)) {
            service.attach(user);
        }
        channel = id(create(ines, name, omar));
    }

    @Test
    void membersGetTheChannelAndWhatIsSaidInTheSameOrderOnePacketEach() throws Exception {
        List<Future<Reply>> sending = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sending.add(service.asking(Service.message(i % 2 == 0 ? ines : omar, channel, "text " + i)));
        }
        Service.await(Future.all(sending));
        for (String user : List.of(ines, omar)) {
            await().until(() -> service.delivered(user).size() == 201);
            Event.ChannelCreated created =
                    (Event.ChannelCreated) service.delivered(user).getFirst().event();
            assertThat(created.channel().name()).isEqualTo(name);
            assertDense(service.delivered(user));
        }
        assertThat(Service.texts(service.delivered(omar)))
                .hasSize(200)
                .doesNotHaveDuplicates()
                .isEqualTo(Service.texts(service.delivered(ines)));
        assertThat(service.delivered(zoe)).isEmpty();
    }

    @Test
    void whoComesBackIsGivenWhatWasMissed() throws Exception {
        await().until(() -> service.delivered(omar).size() == 1);
        Position left = service.delivered(omar).getFirst().position();
        service.say(ines, channel, "one");
        change(ines, new SetMetadata(List.of("topic"), "jam"));
        change(ines, new AddParticipant(Person.of(zoe)));
        change(zoe, new RemoveParticipant(zoe));
        await().until(() -> service.delivered(omar).size() == 5);
        Reply.HistoryPage page = (Reply.HistoryPage) service.ask(new HistoryRequest.ReadHistory(omar, left, 100));
        assertThat(page.deliveries())
                .isEqualTo(service.delivered(omar).subList(1, 5))
                .extracting(delivery -> delivery.event().getClass().getSimpleName())
                .containsExactly("MessageCreated", "ConversationChanged", "MembershipCreated", "MembershipDeleted");
        Reply.HistoryPage atZoe =
                (Reply.HistoryPage) service.ask(new HistoryRequest.ReadHistory(zoe, Position.BEGINNING, 100));
        assertThat(atZoe.deliveries()).isEqualTo(service.delivered(zoe));
        assertThat(atZoe.deliveries().getLast().event())
                .isEqualTo(new Event.ConversationDeleted(channel, DeletionMode.MY_DEVICES));
    }

    @Test
    void aNameIsGivenOnceInAnApp() throws Exception {
        Reply.Failure conflict = (Reply.Failure) create(omar, name, omar);
        assertThat(conflict.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(id(conflict.existing())).isEqualTo(channel);

        Reply.Failure rename = (Reply.Failure) ask(ines, id(create(ines, name + "!")), new SetName(name));
        assertThat(rename.code()).isEqualTo(ErrorCode.CONFLICT);

        assertThat(create(UserId.of("app", ines), name)).isInstanceOf(Reply.ChannelFound.class);
    }

    @Test
    void concurrentCreationsOfANameEndInOneChannel() throws Exception {
        List<Future<Reply>> creating = IntStream.range(0, 20)
                .mapToObj(i -> service.asking(request("user" + i, LayerId.newUuid(), name + " at once")))
                .toList();
        Service.await(Future.all(creating));
        List<Reply> replies = creating.stream().map(Future::result).toList();
        assertThat(replies).filteredOn(Reply.ChannelFound.class::isInstance).hasSize(1);
        assertThat(replies.stream().map(ChannelsIT::any).distinct()).hasSize(1);
    }

    @Test
    void aRepeatedCreationIsToldSo() throws Exception {
        Reply.Failure failure = (Reply.Failure) service.ask(request(ines, ContainerId.uuid(channel), name));
        assertThat(failure.code()).isEqualTo(ErrorCode.ID_IN_USE);
        assertThat(id(failure.existing())).isEqualTo(channel);
        Reply.Failure other = (Reply.Failure) service.ask(request(ines, ContainerId.uuid(channel), name + " other"));
        assertThat(other.code()).isEqualTo(ErrorCode.ID_IN_USE);
        assertThat(create(omar, name + " other")).isInstanceOf(Reply.ChannelFound.class);
    }

    @Test
    void aNewNameFreesTheOldOne() throws Exception {
        change(ines, new SetName(name + " new"));
        assertThat(view(omar).channel().name()).isEqualTo(name + " new");
        assertThat(list(zoe, name)).isEmpty();
        assertThat(list(zoe, name + " new")).hasSize(1);
        assertThat(create(zoe, name)).isInstanceOf(Reply.ChannelFound.class);
        assertThat(code(ask(omar, channel, new SetName("mine")))).isEqualTo(ErrorCode.ACCESS_DENIED);
    }

    @Test
    void everybodyMayLookJoinAndLeave() throws Exception {
        assertThat(view(zoe).membership()).isNull();
        assertThat(list(zoe, null)).isEmpty();
        assertThat(code(service.ask(Service.message(zoe, channel, "hello")))).isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThat(code(messages(zoe))).isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThat(code(members(zoe, 10, null))).isEqualTo(ErrorCode.ACCESS_DENIED);

        service.say(ines, channel, "before");
        change(zoe, new AddParticipant(Person.of(zoe)));
        assertThat(view(zoe).membership()).isNotNull();
        assertThat(list(zoe, null)).hasSize(1);
        service.say(zoe, channel, "hello");
        assertThat(((Reply.MessagePage) messages(zoe)).messages()).hasSize(2);

        assertThat(service.ask(new ConversationRequest.LeaveConversation(zoe, channel)))
                .isEqualTo(Reply.Done.INSTANCE);
        assertThat(list(zoe, null)).isEmpty();
        assertThat(code(messages(zoe))).isEqualTo(ErrorCode.ACCESS_DENIED);
        List<Delivery> heard = service.delivered(zoe);
        assertThat(heard)
                .extracting(delivery -> delivery.event().getClass().getSimpleName())
                .containsExactly("ChannelCreated", "MessageCreated", "ConversationDeleted");
        assertDense(heard);
    }

    @Test
    void membersAreListedNewestFirstInPages() throws Exception {
        for (String user : List.of(zoe, "a" + name, "b" + name)) {
            change(user, new AddParticipant(Person.of(user)));
        }
        Reply.MemberPage first = (Reply.MemberPage) members(ines, 3, null);
        assertThat(first.total()).isEqualTo(5);
        List<String> users = new ArrayList<>(users(first));
        users.addAll(users((Reply.MemberPage) members(ines, 3, users.getLast())));
        assertThat(users).hasSize(5).containsOnlyOnce(ines, omar, zoe, "a" + name, "b" + name);
        Reply.MemberFound owner =
                (Reply.MemberFound) service.ask(new ConversationRequest.GetMember(omar, channel, ines));
        assertThat(owner.membership().role()).isEqualTo(MemberRole.OWNER);
        assertThat(code(service.ask(new ConversationRequest.GetMember(omar, channel, "nobody"))))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void onlyTheOwnerRemovesOthersAndDeletes() throws Exception {
        change(omar, new AddParticipant(Person.of(zoe)));
        assertThat(code(ask(omar, channel, new RemoveParticipant(zoe)))).isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThat(code(service.ask(new ConversationRequest.DeleteConversation(omar, channel))))
                .isEqualTo(ErrorCode.ACCESS_DENIED);
        change(ines, new RemoveParticipant(zoe));
        assertThat(code(ask(zoe, channel, new AddParticipant(Person.of("friend")))))
                .isEqualTo(ErrorCode.ACCESS_DENIED);

        service.say(ines, channel, "going");
        assertThat(service.ask(new ConversationRequest.DeleteConversation(ines, channel)))
                .isEqualTo(Reply.Done.INSTANCE);
        assertThat(code(service.ask(new ConversationRequest.GetChannel(omar, channel))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(service.delivered(omar).getLast().event())
                .isEqualTo(new Event.ConversationDeleted(channel, DeletionMode.ALL_PARTICIPANTS));
        assertThat(create(omar, name)).as("the name is free").isInstanceOf(Reply.ChannelFound.class);
    }

    @Test
    void messagesAreDeletedByTheirSenderOrTheOwnerAndHaveNoReceipts() throws Exception {
        Message one = service.say(omar, channel, "one");
        Message two = service.say(omar, channel, "two");
        Message three = service.say(ines, channel, "three");
        assertThat(service.ask(new MessageRequest.DeleteChannelMessage(omar, one.id())))
                .isEqualTo(Reply.Done.INSTANCE);
        assertThat(service.ask(new MessageRequest.DeleteMessage(ines, two.id())))
                .isEqualTo(Reply.Done.INSTANCE);
        assertThat(code(service.ask(new MessageRequest.DeleteChannelMessage(omar, three.id()))))
                .isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThat(code(service.ask(new MessageRequest.MarkMessage(omar, three.id(), ReceiptStatus.READ))))
                .isEqualTo(ErrorCode.INVALID_OPERATION);
        assertThat(((Reply.MessagePage) messages(omar)).messages())
                .extracting(Message::id)
                .containsExactly(three.id());
        await().until(() -> service.delivered(omar).size() == 6);
        assertDense(service.delivered(omar));

        String conversation = service.conversation(ines, omar);
        Message elsewhere = service.say(ines, conversation, "there");
        assertThat(code(service.ask(new MessageRequest.DeleteChannelMessage(ines, elsewhere.id()))))
                .isEqualTo(ErrorCode.MISSING_PROPERTY);
    }

    @Test
    void aChannelOfAnotherAppIsNotThere() throws Exception {
        String stranger = UserId.of("other", ines);
        assertThat(code(service.ask(new ConversationRequest.GetChannel(stranger, channel))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(ask(stranger, channel, new AddParticipant(Person.of(stranger)))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(service.ask(Service.message(stranger, channel, "hello"))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(list(stranger, name)).isEmpty();
    }

    @Test
    void thousandsHearWhatIsSaidAndDoNotHearOfEachOther() throws Exception {
        String[] crowd = IntStream.range(0, 3_000).mapToObj(i -> "m" + i).toArray(String[]::new);
        service.attach(crowd[2_999]);
        String large = id(create(ines, name + " large", crowd));
        change(zoe, large, new AddParticipant(Person.of(zoe)));
        service.say(zoe, large, "hello");
        await().until(() -> Service.texts(service.delivered(crowd[2_999])).contains("hello"));
        assertThat(service.delivered(crowd[2_999]))
                .extracting(delivery -> delivery.event().getClass().getSimpleName())
                .containsExactly("ChannelCreated", "MessageCreated");
        await().until(() -> Service.texts(service.delivered(zoe)).contains("hello"));
    }

    private static Reply create(String user, String name, String... members) throws Exception {
        return service.ask(new ConversationRequest.CreateChannel(
                user, ContainerId.channel(LayerId.newUuid()), name, List.of(members), Map.of("a", "b")));
    }

    private static ConversationRequest.CreateChannel request(String user, String uuid, String name) {
        return new ConversationRequest.CreateChannel(user, ContainerId.channel(uuid), name, List.of(), null);
    }

    private static String id(@Nullable Reply reply) {
        return ((Reply.ChannelFound) Objects.requireNonNull(reply))
                .view()
                .channel()
                .id();
    }

    private static String any(Reply reply) {
        return id(reply instanceof Reply.Failure failure ? failure.existing() : reply);
    }

    private static ErrorCode code(Reply reply) {
        return ((Reply.Failure) reply).code();
    }

    private void change(String user, ConversationChange change) throws Exception {
        change(user, channel, change);
    }

    private static void change(String user, String channel, ConversationChange change) throws Exception {
        assertThat(ask(user, channel, change)).isEqualTo(Reply.Done.INSTANCE);
    }

    private static Reply ask(String user, String channel, ConversationChange change) throws Exception {
        return service.ask(new ConversationRequest.ChangeConversation(user, channel, List.of(change)));
    }

    private ChannelView view(String user) throws Exception {
        return ((Reply.ChannelFound) service.ask(new ConversationRequest.GetChannel(user, channel))).view();
    }

    private static List<ChannelView> list(String user, @Nullable String name) throws Exception {
        return ((Reply.ChannelPage) service.ask(new ConversationRequest.ListChannels(user, name, 100, null))).views();
    }

    private Reply messages(String user) throws Exception {
        return service.ask(new MessageRequest.ListMessages(user, channel, 100, null));
    }

    private Reply members(String user, int pageSize, @Nullable String after) throws Exception {
        return service.ask(new ConversationRequest.ListMembers(user, channel, pageSize, after));
    }

    private static List<String> users(Reply.MemberPage page) {
        return page.members().stream().map(member -> member.person().userId()).toList();
    }

    private static void assertDense(List<Delivery> deliveries) {
        long next = 1;
        for (Delivery delivery : deliveries) {
            assertThat(delivery.firstSeq()).isEqualTo(next);
            assertThat(delivery.span()).isEqualTo(1);
            next = delivery.position().seq() + 1;
        }
    }
}
