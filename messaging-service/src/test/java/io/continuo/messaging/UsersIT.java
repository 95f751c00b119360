package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.bus.UserRequest;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.model.Identity;
import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.IdentityField;
import io.continuo.common.redis.Keys;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Profiles and who follows whom: what is kept, and who hears of it. */
class UsersIT extends ServiceScene {
    @Test
    void aChangedProfileReachesThoseWhoFollowAndTheUserLiveAndReplayed() throws Exception {
        String ines = someone();
        String omar = someone();
        String zoe = someone();
        ask(new UserRequest.ReplaceIdentity(named(ines, "Ines")));
        follow(omar, ines);
        for (String user : List.of(ines, omar, zoe)) {
            service.attach(user);
        }
        Identity after = named(ines, "Ines K.").with(Map.of("team", Map.of("colour", "red")));
        ask(new UserRequest.ReplaceIdentity(after));
        ask(new UserRequest.ReplaceIdentity(after));
        ask(change(ines, new IdentityChange.DeleteProfileMetadata(List.of("team", "colour"))));

        List<Event> expected = List.of(
                new Event.IdentityChanged(
                        ines,
                        List.of(
                                new IdentityChange.SetField(IdentityField.DISPLAY_NAME, "Ines K."),
                                new IdentityChange.SetProfileMetadata(List.of("team"), Map.of("colour", "red")))),
                new Event.IdentityChanged(
                        ines, List.of(new IdentityChange.DeleteProfileMetadata(List.of("team", "colour")))));
        for (String user : List.of(ines, omar)) {
            await().until(() -> events(user).size() == 2);
            assertThat(events(user)).isEqualTo(expected);
            assertThat(history(user)).endsWith(expected.toArray(Event[]::new));
        }
        assertThat(events(zoe)).isEmpty();
        assertThat(((Reply.IdentityFound) ask(new UserRequest.GetIdentity(ines)))
                        .identity()
                        .metadata())
                .isEqualTo(Map.of("team", Map.of()));
    }

    @Test
    void simultaneousChangesAreAllKeptAndTellOfEachOther() throws Exception {
        String ines = someone();
        ask(new UserRequest.CreateIdentity(named(ines, "Ines")));
        service.attach(ines);
        List<Future<Reply>> asking = IntStream.range(0, 20)
                .mapToObj(i ->
                        service.asking(change(ines, new IdentityChange.SetProfileMetadata(List.of("k" + i), "v" + i))))
                .toList();
        for (Future<Reply> reply : asking) {
            assertThat(Service.await(reply)).isEqualTo(Reply.Done.INSTANCE);
        }
        Identity now = ((Reply.IdentityFound) ask(new UserRequest.GetProfile(ines))).identity();
        assertThat(now.metadata()).hasSize(20);
        await().until(() -> events(ines).size() == 20);
    }

    @Test
    void whatSomebodyStoredAndHadNoTimeToTellIsToldByTheNext() throws Exception {
        String ines = someone();
        String omar = someone();
        follow(omar, ines);
        ask(new UserRequest.CreateIdentity(named(ines, "Ines")));
        service.attach(omar);
        // As if the process had died between the two steps.
        int partition = new Partitions(service.settings.redis().partitions()).of(ines);
        redis(Command.HDEL, Keys.userNumbers(partition), ines);
        ask(new UserRequest.ReplaceIdentity(named(ines, "Ines")));
        await().until(() -> events(omar).size() == 1);
        assertThat(events(omar).getFirst()).isInstanceOf(Event.IdentityChanged.class);
    }

    @Test
    void aProfileIsCreatedOnceAndMustBeThereToBeChanged() throws Exception {
        String ines = someone();
        assertThat(failure(change(ines, new IdentityChange.SetField(IdentityField.FIRST_NAME, "I"))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(new UserRequest.GetProfile(ines))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(new UserRequest.DeleteIdentity(ines))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(ask(new UserRequest.CreateIdentity(named(ines, "Ines")))).isInstanceOf(Reply.IdentityFound.class);
        assertThat(failure(new UserRequest.CreateIdentity(named(ines, "Other"))))
                .isEqualTo(ErrorCode.ID_IN_USE);
        assertThat(failure(change(ines, new IdentityChange.SetField(IdentityField.DISPLAY_NAME, ""))))
                .isEqualTo(ErrorCode.MISSING_PROPERTY);
    }

    @Test
    void whoseProfileIsDeletedIsFollowedByNobodyAnyMore() throws Exception {
        String ines = someone();
        List<String> followers =
                IntStream.range(0, 1_200).mapToObj(i -> someone()).toList();
        ask(new UserRequest.CreateIdentity(named(ines, "Ines")));
        List<Future<Reply>> following = followers.stream()
                .map(user -> service.asking(new UserRequest.Follow(user, List.of(ines))))
                .toList();
        for (Future<Reply> each : following) {
            Service.await(each);
        }
        for (String user : followers) {
            service.attach(user);
        }
        ask(new UserRequest.DeleteIdentity(ines));
        List<Event> once = List.of(new Event.IdentityDeleted(ines));
        await().until(() -> followers.stream().allMatch(user -> events(user).equals(once)));
        assertThat(failure(new UserRequest.CheckFollowing(followers.getFirst(), ines)))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(new UserRequest.GetIdentity(ines))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void whoFollowsGetsTheIdentityAndWhoUnfollowsLosesIt() throws Exception {
        String ines = someone();
        String omar = someone();
        ask(new UserRequest.CreateIdentity(named(omar, "Omar")));
        service.attach(ines);
        follow(ines, omar);
        follow(ines, omar);
        assertThat(ask(new UserRequest.CheckFollowing(ines, omar))).isEqualTo(Reply.Done.INSTANCE);
        ask(new UserRequest.Unfollow(ines, omar));
        await().until(() -> events(ines).size() == 2);
        assertThat(events(ines))
                .containsExactly(new Event.Followed(ines, named(omar, "Omar")), new Event.Unfollowed(ines, omar));
        assertThat(history(ines)).isEqualTo(events(ines));
    }

    @Test
    void listsWhomOneFollowsNewestFirstInPages() throws Exception {
        String ines = someone();
        List<String> others = IntStream.range(0, 7).mapToObj(i -> someone()).toList();
        for (String other : others) {
            follow(ines, other);
            theNextMillisecond();
        }
        List<String> read = new ArrayList<>();
        String after = null;
        do {
            Reply.UserPage page = (Reply.UserPage) ask(new UserRequest.ListFollowing(ines, 3, after));
            assertThat(page.total()).isEqualTo(7);
            read.addAll(page.users());
            after = page.users().isEmpty() ? null : page.users().getLast();
        } while (after != null);
        assertThat(read).isEqualTo(others.reversed());
        Reply.IdentityPage identities = (Reply.IdentityPage) ask(new UserRequest.ListIdentities(ines, 500, null));
        assertThat(identities.identities()).hasSize(7);
        assertThat(failure(new UserRequest.ListFollowing(ines, 3, "nobody"))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void whoSharesAConversationFollowsTheOthersAlsoWhenItIsDeleted() throws Exception {
        String ines = someone();
        String omar = someone();
        String conversation = service.conversation(ines, omar);
        ask(new ConversationRequest.DeleteConversation(ines, conversation));
        assertThat(ask(new UserRequest.CheckFollowing(ines, omar))).isEqualTo(Reply.Done.INSTANCE);
        ask(new UserRequest.Unfollow(omar, ines));
        assertThat(failure(new UserRequest.CheckFollowing(omar, ines))).isEqualTo(ErrorCode.NOT_FOUND);
        service.conversation(omar, ines);
        assertThat(ask(new UserRequest.CheckFollowing(omar, ines))).isEqualTo(Reply.Done.INSTANCE);
    }

    @Test
    void aLoginTellsFollowersWhatIsNewAndForgetsNothing() throws Exception {
        String ines = someone();
        String omar = someone();
        follow(omar, ines);
        ask(new UserRequest.CreateIdentity(named(ines, "Ines").with(IdentityField.TYPE, "bot")));
        service.attach(omar);
        for (int i = 0; i < 2; i++) {
            Identity told = Identity.of(ines).with(IdentityField.FIRST_NAME, "Inés");
            assertThat(ask(new SessionRequest.OpenSession(told, null))).isInstanceOf(Reply.SessionOpened.class);
        }
        await().until(() -> events(omar).size() == 1);
        Identity now = ((Reply.IdentityFound) ask(new UserRequest.GetIdentity(ines))).identity();
        assertThat(now)
                .isEqualTo(named(ines, "Ines").with(IdentityField.TYPE, "bot").with(IdentityField.FIRST_NAME, "Inés"));
    }

    /** The order is that of milliseconds. */
    private static void theNextMillisecond() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() <= now + 1) {
            Thread.onSpinWait();
        }
    }

    private static Identity named(String user, String name) {
        return Identity.of(user).with(IdentityField.DISPLAY_NAME, name);
    }

    private static UserRequest.ChangeIdentity change(String user, IdentityChange... changes) {
        return new UserRequest.ChangeIdentity(user, List.of(changes));
    }

    private static void follow(String user, String other) throws Exception {
        assertThat(ask(new UserRequest.Follow(user, List.of(other)))).isEqualTo(Reply.Done.INSTANCE);
    }

    private static Reply ask(MessagingRequest request) throws Exception {
        return service.ask(request);
    }

    private static ErrorCode failure(MessagingRequest request) throws Exception {
        return ((Reply.Failure) ask(request)).code();
    }

    private static List<Event> events(String user) {
        return service.delivered(user).stream().map(Delivery::event).toList();
    }

    private static List<Event> history(String user) throws Exception {
        Reply.HistoryPage page = (Reply.HistoryPage) ask(new HistoryRequest.ReadHistory(user, Position.BEGINNING, 200));
        return page.deliveries().stream().map(Delivery::event).toList();
    }

    private static void redis(Command command, String... args) throws Exception {
        Request request = Request.cmd(command);
        for (String arg : args) {
            request.arg(arg);
        }
        service.redis(link -> link.send(request));
    }
}
