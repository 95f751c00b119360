package io.continuo.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.ConversationRequest.SortBy;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.event.PresenceStatus;
import io.continuo.common.event.Signal;
import io.continuo.common.event.TypingState;
import io.continuo.common.event.Verdict;
import io.continuo.common.model.Announcement;
import io.continuo.common.model.BlockChange;
import io.continuo.common.model.Channel;
import io.continuo.common.model.ChannelView;
import io.continuo.common.model.Content;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.ConversationView;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.model.Identity;
import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.IdentityField;
import io.continuo.common.model.MemberRole;
import io.continuo.common.model.Membership;
import io.continuo.common.model.Message;
import io.continuo.common.model.Notification;
import io.continuo.common.model.Part;
import io.continuo.common.model.PartChange;
import io.continuo.common.model.PartEdit;
import io.continuo.common.model.Person;
import io.continuo.common.model.PushToken;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.UserId;
import io.continuo.common.model.Webhook;
import io.continuo.common.model.WebhookStatus;
import io.continuo.common.model.WebhookVersion;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one process sends, another reads: every message that there is. */
@ExtendWith(VertxExtension.class)
class RecordCodecTest {
    private static final Position AT = new Position(1_763_632_800_123L, 41);
    private static final Person INES = new Person("ines", "Ines \"K.\"", "");
    private static final List<Part> PARTS = List.of(
            new Part("p1", "text/plain;role=root", "ö\n", null, null, 3),
            new Part("p2", "image/png", null, null, new Content("c1", 48_213), 48_213));
    private static final Message MESSAGE =
            new Message("m1", "c1", 4_096, INES, 5, PARTS, Map.of("ines", ReceiptStatus.READ));
    private static final Notification NOTIFICATION = new Notification(
            List.of(new Notification.Wording("Ines", "hi", null), new Notification.Wording(null, "for you", "ping")),
            Map.of("omar", 1),
            Map.of("category", "c", "data", Map.of("list", List.of(1, "two", true))));
    private static final Message NOTIFYING = new Message(
            "m1",
            "c1",
            4_096,
            INES,
            5,
            List.of(PARTS.getFirst().as("p3", 7L)),
            Map.of("ines", ReceiptStatus.READ),
            0,
            NOTIFICATION);
    private static final Conversation CONVERSATION =
            new Conversation("c1", 1, List.of(INES), true, Map.of("a", Map.of("b", "c")));
    private static final Channel CHANNEL = new Channel("#c1", "pears", "ines", 7, Map.of("a", "b"));
    private static final Membership MEMBER = new Membership("#c1", INES, MemberRole.OWNER, 7);
    private static final ConversationView VIEW = new ConversationView(CONVERSATION, 1, 2, MESSAGE);

    private static final Webhook WEBHOOK = new Webhook(
            "w1",
            "",
            "a1",
            WebhookVersion.V3,
            "https://x.test/",
            List.of("Message.created"),
            "",
            Map.of("k", "v"),
            5,
            WebhookStatus.INACTIVE,
            "gone");
    private static final Announcement ANNOUNCEMENT = new Announcement("a1", 7, INES, 7, PARTS, ReceiptStatus.DELIVERED);

    private static final List<IdentityChange> PROFILE_CHANGES = List.of(
            new IdentityChange.SetField(IdentityField.FIRST_NAME, "Ines"),
            new IdentityChange.SetProfileMetadata(List.of("a"), Map.of("b", "c")),
            new IdentityChange.DeleteProfileMetadata(List.of("a", "b")));

    static Stream<BusMessage> messages() {
        return Stream.of(requests(), presence(), MoreMessages.all(), VisitMessages.all(), gateway(), replies())
                .flatMap(some -> some);
    }

    private static Stream<BusMessage> requests() {
        return Stream.of(
                new ConversationRequest.CreateConversation("ines", "c1", List.of("omar"), true, null),
                new ConversationRequest.GetConversation("ines", "c1"),
                new ConversationRequest.ChangeConversation(
                        "ines",
                        "c1",
                        List.of(
                                new ConversationChange.SetMetadata(List.of("a", "b"), "x"),
                                new ConversationChange.SetMetadata(List.of(), Map.of("a", "b")),
                                new ConversationChange.DeleteMetadata(List.of("a")),
                                new ConversationChange.SetName("pears"),
                                new ConversationChange.AddParticipant(INES),
                                new ConversationChange.RemoveParticipant("omar"),
                                new ConversationChange.SetParticipants(List.of("zoe")))),
                new ConversationRequest.LeaveConversation("ines", "c1"),
                new ConversationRequest.DeleteConversation("ines", "c1"),
                new ConversationRequest.ListConversations("ines", SortBy.LAST_MESSAGE, 100, "c0"),
                new ConversationRequest.CreateChannel("ines", "#c1", "pears", List.of("omar"), Map.of("a", "b")),
                new ConversationRequest.GetChannel("ines", "#c1"),
                new ConversationRequest.ListChannels("ines", "pears", 100, "#c0"),
                new ConversationRequest.ListMembers("ines", "#c1", 500, "omar"),
                new ConversationRequest.GetMember("ines", "#c1", "omar"),
                new MessageRequest.CreateMessage("ines", "c1", "m1", PARTS),
                new MessageRequest.ChangePart("ines", "m1", new PartEdit.Add(PARTS.getFirst())),
                new MessageRequest.ChangePart("ines", "m1", new PartEdit.Replace("0", PARTS.getFirst())),
                new MessageRequest.ChangePart("ines", "m1", new PartEdit.Patch("p1", "new", null, 3, null)),
                new MessageRequest.ChangePart("ines", "m1", new PartEdit.Remove("p1")),
                new MessageRequest.AnnounceContent("ines", "x1", "image/png", 7),
                new MessageRequest.ContentUploaded("x1", 7),
                new MessageRequest.GetContent("ines", "x1"),
                new MessageRequest.GetPart("ines", "m1", "p1"),
                new MessageRequest.ListParts("ines", "m1"),
                new MessageRequest.CreateMessage("ines", "c1", "m2", PARTS, NOTIFICATION),
                new MessageRequest.CreateMessageFor(
                        UserId.backend("shop"), new MessageRequest.CreateMessage("ines", "c1", "m1", PARTS)),
                new MessageRequest.GetMessage("ines", "m1"),
                new MessageRequest.ListMessages("ines", "c1", 100, null),
                new MessageRequest.DeleteMessage("ines", "m1"),
                new ConversationRequest.CutConversation("ines", "c1"),
                new MessageRequest.HideMessage("ines", "m1"),
                new MessageRequest.DeleteChannelMessage("ines", "m1"),
                new MessageRequest.MarkMessage("ines", "m1", ReceiptStatus.DELIVERED),
                new ConversationRequest.MarkAllRead("ines", "c1", 40_960L),
                new UserRequest.GetIdentity("ines"),
                new UserRequest.GetProfile("ines"),
                new UserRequest.CreateIdentity(Identity.of("ines")),
                new UserRequest.ReplaceIdentity(Identity.of("ines")),
                new UserRequest.ChangeIdentity("ines", PROFILE_CHANGES),
                new UserRequest.DeleteIdentity("ines"),
                new UserRequest.Follow("ines", List.of("omar")),
                new UserRequest.Unfollow("ines", "omar"),
                new UserRequest.CheckFollowing("ines", "omar"),
                new AnnouncementRequest.CreateAnnouncement("", "a1", "ines", List.of("omar"), PARTS),
                new AnnouncementRequest.GetAnnouncement("omar", "a1"),
                new AnnouncementRequest.ListAnnouncements("omar", 100, "a0"),
                new AnnouncementRequest.MarkAnnouncement("omar", "a1", ReceiptStatus.READ),
                new AnnouncementRequest.DeleteAnnouncement("omar", "a1"),
                new UserRequest.ChangeUser(
                        "ines", List.of(new BlockChange(BlockChange.Kind.SET, List.of("omar"))), true),
                new UserRequest.GetUser("ines"),
                new UserRequest.CheckBlock("ines", "omar"),
                new UserRequest.ListBlocks("ines", 100, null),
                new UserRequest.GetBadge("ines"),
                new UserRequest.SetBadge("ines", 7),
                new UserRequest.SavePushToken("ines", new PushToken("d1", "apns", "t", null, null, null)),
                new UserRequest.DeletePushToken("ines", "d1"),
                new UserRequest.ListFollowing("ines", 500, "omar"),
                new UserRequest.ListIdentities("ines", 500, null),
                new SessionRequest.OpenSession(Identity.of("ines"), "nonce"),
                new SessionRequest.RevokeSession("ines", "s1", 7),
                new SessionRequest.CheckSession("ines", "s1", 7),
                new SessionRequest.FindEndedSessions(List.of(new SessionRequest.CheckSession("ines", "s1", 7))),
                new SessionRequest.RenewSession(new SessionRequest.CheckSession("ines", "s1", 7)),
                new SessionRequest.RevokeSessions("ines"),
                new SessionRequest.SetSessionTtl("shop", 60),
                new ConversationRequest.GetAudience("ines", "c1"),
                new HistoryRequest.Attach("ines", "s1", 7, "gateway.n.0", 7, AT),
                new HistoryRequest.Sing(UserId.canary("gateway.n.0"), 5, 7),
                new HistoryRequest.Detach("ines", "gateway.n.0", 7),
                new HistoryRequest.ReadHistory("ines", AT, 200),
                new HistoryRequest.GetTails(List.of("ines", "omar")),
                new HistoryRequest.ReportProgress(List.of(new HistoryRequest.Progress("ines", 3, 7))),
                new InstanceRequest.Settle(63, 1L << 52),
                new InstanceRequest.Forget("c1", 4_096),
                new MessageRequest.ScheduleMessage(
                        "\u001f", new MessageRequest.CreateMessage("ines", "c1", "m1", PARTS), 300, 5),
                new InstanceRequest.LookAtSchedule(63),
                new WebhookRequest.RegisterWebhook(
                        "\u001f", "w1", "a1", "1.0", "https://x.test/", List.of("message.sent"), "s", Map.of("k", 1)),
                new WebhookRequest.GetWebhook("\u001f", "w1"),
                new WebhookRequest.ListWebhooks("\u001f"),
                new WebhookRequest.SwitchWebhook("\u001f", "w1", true),
                new WebhookRequest.DeleteWebhook("\u001f", "w1"),
                new InstanceRequest.RefreshWebhooks());
    }

    private static Stream<BusMessage> presence() {
        return Stream.of(
                new PresenceRequest.Announce("ines", "gateway.n.0/1", "gateway.n.0", PresenceStatus.AWAY),
                new PresenceRequest.WatchPresence("ines", "gateway.n.0/1", "gateway.n.0"),
                new PresenceRequest.Register("gateway.n.0", new PresenceRequest.Missed(7, 2)),
                new PresenceRequest.Restore(
                        "gateway.n.0",
                        List.of(new PresenceRequest.Stay("ines", "gateway.n.0/1", true, PresenceStatus.AWAY, false))),
                new PresenceRequest.Leave("ines", "gateway.n.0/1", "gateway.n.0"),
                new PresenceRequest.Look("ines", List.of("omar")),
                new PresenceRequest.LookSince("ines", 7),
                new PresenceRequest.Type("ines", "c1", TypingState.PAUSED));
    }

    private static Stream<BusMessage> gateway() {
        List<GatewayMessage.Recipient> recipients = List.of(new GatewayMessage.Recipient("omar", AT, 3));
        return Stream.of(
                new GatewayMessage.Deliver(
                        events().map(event -> new GatewayMessage.Batch(event, recipients, 7, "trace"))
                                .toList()),
                new GatewayMessage.Nudge("ines", AT),
                new GatewayMessage.Relay(new Signal.Typing("c1", INES, TypingState.STARTED, 3), List.of("omar")),
                new GatewayMessage.Relays(List.of(new GatewayMessage.Relay(
                        new Signal.Presence("ines", PresenceStatus.OFFLINE, null, 5), List.of("omar")))),
                new GatewayMessage.DropContent(List.of("x1")),
                new GatewayMessage.Count("n", 7, true),
                new GatewayMessage.EndSession("s1"),
                new GatewayMessage.SuspendUser("ines"),
                new GatewayMessage.StoreReturned(),
                new GatewayMessage.EndSessions("ines", 7));
    }

    private static Stream<Event> events() {
        return Stream.of(
                new Event.ConversationCreated(CONVERSATION, "ines", MESSAGE, 7),
                new Event.ConversationChanged(
                        "c1", "ines", List.of(new ConversationChange.DeleteMetadata(List.of("a")))),
                new Event.ConversationDeleted("c1", DeletionMode.MY_DEVICES),
                new Event.ChannelCreated(CHANNEL, "ines", 7),
                new Event.MembershipCreated(MEMBER, "ines"),
                new Event.MembershipDeleted("#c1", "omar", "ines"),
                new Event.MessageCreated(MESSAGE, 7),
                new Event.MessageDeleted("m1", "c1", "", 0),
                new Event.MessageDeleted("m1", "c1", "m0", 0, DeletionMode.MY_DEVICES),
                new Event.ConversationReturned(CONVERSATION, "ines", 40_960),
                new Event.MessageCreated(NOTIFYING, 8),
                new Event.PartChanged(MESSAGE.with(PARTS, 9), PartChange.EDITED, "p1", "ines"),
                new Event.ReceiptChanged("m1", "c1", "omar", ReceiptStatus.READ),
                new Event.AllRead("c1", "omar", 40_960, List.of("m1")),
                new Event.IdentityChanged("ines", PROFILE_CHANGES),
                new Event.IdentityDeleted("ines"),
                new Event.Followed("ines", Identity.of("omar")),
                new Event.Unfollowed("ines", "omar"),
                new Event.AnnouncementCreated(ANNOUNCEMENT),
                new Event.AnnouncementMarked("omar", "a1", ReceiptStatus.READ),
                new Event.AnnouncementDeleted("omar", "a1"),
                new Event.ChangesLost("ines"),
                new Event.CanarySang(UserId.canary("gateway.n.0"), 7));
    }

    private static Stream<BusMessage> replies() {
        return Stream.of(
                new Reply.WebhookFound(WEBHOOK),
                new Reply.Webhooks(List.of(WEBHOOK)),
                Reply.Done.INSTANCE,
                new Reply.Failure(ErrorCode.ID_IN_USE, "There.", "id", new Reply.ConversationFound(VIEW, false, AT)),
                new Reply.ConversationFound(VIEW, true, AT),
                new Reply.ConversationPage(List.of(VIEW), 1, AT),
                new Reply.ChannelFound(new ChannelView(CHANNEL, MEMBER), true, AT),
                new Reply.ChannelPage(List.of(new ChannelView(CHANNEL, null)), 1, AT),
                new Reply.MemberFound(MEMBER, CHANNEL, AT),
                new Reply.MemberPage(CHANNEL, List.of(MEMBER), 1, AT),
                new Reply.MessageFound(MESSAGE, AT),
                new Reply.ContentFound("image/png", 7),
                new Reply.PartFound(MESSAGE, 1, true, AT),
                new Reply.PartsFound(MESSAGE, AT),
                new Reply.MessagePage(List.of(MESSAGE), 1, AT),
                new Reply.IdentityFound(Identity.of("ines").with(IdentityField.TYPE, "bot"), AT),
                new Reply.IdentityPage(List.of(Identity.of("ines")), 1, AT),
                new Reply.AnnouncementFound(ANNOUNCEMENT, AT),
                new Reply.AnnouncementPage(List.of(ANNOUNCEMENT), 1, AT),
                new Reply.UserFound("ines", true),
                new Reply.BadgeFound(1, 2, 3),
                new Reply.UserPage(List.of("ines"), 1, AT),
                new Reply.Audience(List.of("ines")),
                new Reply.Attached(AT, AT, 7, new Verdict(Verdict.Kind.PARTIAL, Position.BEGINNING, AT)),
                new Reply.HistoryPage(
                        events().map(event -> new Delivery(AT, event, -1)).toList(), AT, AT),
                new Reply.Tails(List.of(AT), 7),
                new Reply.SessionOpened(7, 60),
                new Reply.EndedSessions(List.of(1)),
                new Reply.Registered(9, new PresenceRequest.Missed(7, 2)),
                new Reply.PresenceStates(List.of(new Signal.Presence("ines", PresenceStatus.BUSY, 7L, 6))));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isReadAsItWasWritten(BusMessage message) {
        RecordCodec codec = RecordCodec.create();
        Buffer wire = Buffer.buffer("before");
        codec.encodeToWire(wire, message);
        wire.appendString("after");
        assertThat(codec.decodeFromWire("before".length(), wire)).isEqualTo(message);
    }

    @Test
    void noMessageIsLeftOutHere() {
        Set<Class<?>> tried = messages().map(Object::getClass).collect(Collectors.toSet());
        assertThat(tried).containsAll(leaves(BusMessage.class).toList());
    }

    @Test
    void withinAProcessTheVeryObjectIsHandedOver(Vertx vertx, VertxTestContext test) {
        RecordCodec.register(vertx);
        BusMessage sent = new MessageRequest.GetMessage("ines", "m1");
        vertx.eventBus()
                .<BusMessage>consumer(
                        "somewhere",
                        message -> test.verify(() -> {
                            assertThat(message.body()).isSameAs(sent);
                            test.completeNow();
                        }));
        vertx.eventBus().send("somewhere", sent);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(RecordCodecTest::leaves)
                : Stream.of(type);
    }
}
