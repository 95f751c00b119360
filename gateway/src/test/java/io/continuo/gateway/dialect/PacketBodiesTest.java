package io.continuo.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.model.Announcement;
import io.continuo.common.model.Channel;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.model.Identity;
import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.IdentityField;
import io.continuo.common.model.Message;
import io.continuo.common.model.Notification;
import io.continuo.common.model.Part;
import io.continuo.common.model.PartChange;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.gateway.socket.feed.Rendering;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for the packets of every event in every dialect, whatever people write and are called. */
class PacketBodiesTest {

    @Property(tries = 300)
    void areAsManyAsTheEventSpansAndReadBack(
            @ForAll Dialect dialect,
            @ForAll("events") Event event,
            @ForAll("counts") int unread,
            @ForAll("users") String user) {
        List<String> bodies = Samples.bodies(Samples.renderer(dialect), event, unread, user);

        assertThat(bodies).hasSize(isShown(dialect, event) ? event.span(unread) : 0);
        assertThat(bodies)
                .allSatisfy(body -> assertThat(new JsonObject(body).containsKey("operation"))
                        .isTrue());
        if (event instanceof Event.MessageCreated created) {
            JsonObject data = new JsonObject(bodies.getFirst()).getJsonObject("data");
            assertThat(data.getJsonArray("parts").getJsonObject(0).getString("body"))
                    .isEqualTo(created.message().parts().getFirst().body());
        }
    }

    @Property(tries = 300)
    void areSharedByThoseOnlyWhoReadTheSame(
            @ForAll Dialect dialect,
            @ForAll("events") Event event,
            @ForAll("counts") int unread,
            @ForAll("counts") int otherUnread,
            @ForAll("users") String user,
            @ForAll("users") String other) {
        Renderer renderer = Samples.renderer(dialect);
        for (int packet = 0; packet < Math.min(event.span(unread), event.span(otherUnread)); packet++) {
            Rendering shared = new Rendering(event);
            assertThat(texts(shared.packets(renderer, packet, unread, user)))
                    .isEqualTo(Samples.bodies(renderer, event, packet, unread, user));
            assertThat(texts(shared.packets(renderer, packet, otherUnread, other)))
                    .isEqualTo(Samples.bodies(renderer, event, packet, otherUnread, other));
        }
    }

    private static List<String> texts(List<Packet> packets) {
        return packets.stream().map(Packet::text).toList();
    }

    /** In 1.0 people are but ids, and there are no channels. */
    private static boolean isShown(Dialect dialect, Event event) {
        if (event instanceof Event.PartChanged) {
            return dialect == Dialect.LAYER_3_0;
        }
        return dialect != Dialect.LAYER_1_0
                || switch (event) {
                    case Event.IdentityChanged ignored -> false;
                    case Event.IdentityDeleted ignored -> false;
                    case Event.ChannelCreated ignored -> false;
                    case Event.Followed ignored -> false;
                    case Event.Unfollowed ignored -> false;
                    case Event.AnnouncementCreated ignored -> false;
                    case Event.AnnouncementMarked ignored -> false;
                    case Event.AnnouncementDeleted ignored -> false;
                    default -> true;
                };
    }

    @Provide
    Arbitrary<Event> events() {
        Arbitrary<String> users = users();
        Arbitrary<String> texts = Arbitraries.strings().all().ofMaxLength(40);
        return Arbitraries.oneOf(
                Combinators.combine(users, texts).as(PacketBodiesTest::conversationCreated),
                Combinators.combine(users, texts, Arbitraries.of(ReceiptStatus.class))
                        .as(PacketBodiesTest::messageCreated),
                Combinators.combine(users, texts).as(PacketBodiesTest::conversationChanged),
                Combinators.combine(users, users, texts).as(PacketBodiesTest::notifying),
                Combinators.combine(texts, Arbitraries.of(PartChange.class)).as(PacketBodiesTest::partChanged),
                Arbitraries.of(DeletionMode.class).map(mode -> new Event.ConversationDeleted(Samples.C, mode)),
                Arbitraries.of("", Samples.P).map(last -> new Event.MessageDeleted(Samples.M, Samples.C, last, 3)),
                Combinators.combine(users, Arbitraries.of(ReceiptStatus.class))
                        .as((user, status) -> new Event.ReceiptChanged(Samples.M, Samples.C, user, status)),
                Combinators.combine(users, texts)
                        .as((user, text) -> new Event.IdentityChanged(
                                user,
                                List.of(
                                        new IdentityChange.SetField(IdentityField.AVATAR_URL, text),
                                        new IdentityChange.SetProfileMetadata(List.of(text), Map.of(text, text)),
                                        new IdentityChange.DeleteProfileMetadata(List.of(text, "a"))))),
                users.map(Event.IdentityDeleted::new),
                Combinators.combine(users, texts).as(PacketBodiesTest::channelCreated),
                Combinators.combine(users, texts)
                        .as((user, text) ->
                                new Event.Followed(user, Identity.of(text).with(IdentityField.DISPLAY_NAME, text))),
                Combinators.combine(users, texts)
                        .as((user, text) -> new Event.AnnouncementCreated(new Announcement(
                                Samples.M,
                                7,
                                Person.of(user),
                                7,
                                List.of(new Part(Samples.P, "text/plain", text, null, null, text.length())),
                                ReceiptStatus.SENT))),
                Combinators.combine(users, Arbitraries.of(ReceiptStatus.class))
                        .as((user, status) -> new Event.AnnouncementMarked(user, Samples.M, status)),
                users.map(user -> new Event.AnnouncementDeleted(user, Samples.M)),
                Combinators.combine(users, users).as(Event.Unfollowed::new));
    }

    @Provide
    Arbitrary<String> users() {
        return Arbitraries.of("ines", "omar.k", "zoë \"z\" \\ 100%", "a/b?c#d", "\u0001\n\t", "!~'()*");
    }

    @Provide
    Arbitrary<Integer> counts() {
        return Arbitraries.of(Delivery.UNCHANGED, 0, 1, 2, 1_000_000);
    }

    private static Event notifying(String sender, String recipient, String text) {
        Notification notification = new Notification(
                List.of(new Notification.Wording("all", null, null), new Notification.Wording(null, text, "ping")),
                Map.of(recipient, 1),
                Map.of("data", Map.of("text", text)));
        Message sent = Samples.MESSAGE;
        Message message = new Message(
                sent.id(),
                sent.conversationId(),
                sent.position(),
                Person.of(sender),
                sent.sentAt(),
                sent.parts(),
                sent.recipients(),
                0,
                notification);
        return new Event.MessageCreated(message, 7);
    }

    private static Event partChanged(String text, PartChange change) {
        Part part = new Part(Samples.P, "text/plain", text, null, null, text.length(), 9L);
        return new Event.PartChanged(Samples.MESSAGE.with(List.of(part), 9), change, Samples.P, "ines");
    }

    private static Event channelCreated(String user, String text) {
        return new Event.ChannelCreated(
                new Channel(ContainerId.channel(Samples.C), text, user, 1, Map.of(text, text)), user, 2);
    }

    private static Event conversationCreated(String user, String text) {
        List<Person> people = List.of(Person.of(user), new Person("omar.k", text, text));
        return new Event.ConversationCreated(
                new Conversation(Samples.C, 1, people, false, Map.of(text, Map.of("a", text))), user, null, 0);
    }

    private static Event conversationChanged(String user, String text) {
        return new Event.ConversationChanged(
                Samples.C,
                user,
                List.of(
                        new ConversationChange.SetMetadata(List.of(text, "b.c"), Map.of(text, text)),
                        new ConversationChange.DeleteMetadata(List.of(text)),
                        new ConversationChange.AddParticipant(new Person(user, text, "")),
                        new ConversationChange.RemoveParticipant(user)));
    }

    private static Event messageCreated(String user, String text, ReceiptStatus omars) {
        Part part = new Part(Samples.P, "text/plain", text, null, null, text.length());
        return new Event.MessageCreated(
                new Message(Samples.M, Samples.C, 4096, Person.of(user), 1, List.of(part), Map.of("omar.k", omars)), 7);
    }
}
