package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.AnnouncementRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.model.Announcement;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What apps tell their users: it reaches everybody, and each has a state of their own. */
class AnnouncementsIT extends ServiceScene {
    @Test
    void reachesTenThousandRecipientsOnceWhileOthersTalk() throws Exception {
        List<String> recipients =
                IntStream.range(0, 10_000).mapToObj(i -> "recipient" + i).toList();
        List<String> watched = List.of("recipient0", "recipient5000", "recipient9999");
        for (String user : watched) {
            service.attach(user);
        }
        String ines = someone();
        String omar = someone();
        service.attach(omar);
        String conversation = service.conversation(ines, omar);
        String id = announce("the office", recipients);
        service.say(ines, conversation, "meanwhile");
        await().until(() -> Service.texts(service.delivered(omar)).contains("meanwhile"));
        await().until(() -> watched.stream().allMatch(user -> events(user).size() == 1));
        for (int i = 0; i < 10_000; i += 999) {
            assertThat(list("recipient" + i).announcements())
                    .extracting(Announcement::id)
                    .containsExactly(id);
        }
        assertThat(create(id, recipients)).isInstanceOf(Reply.Failure.class);
        assertThat(events("recipient0")).hasSize(1);
        assertThat(history("recipient0")).isEqualTo(events("recipient0"));
    }

    @Test
    void eachRecipientReadsAndDeletesForThemselves() throws Exception {
        String ines = someone();
        String omar = someone();
        service.attach(ines);
        service.attach(omar);
        String id = announce("ines", List.of(ines, omar, ines));
        await().until(() -> events(ines).size() == 1 && events(omar).size() == 1);
        ask(new AnnouncementRequest.MarkAnnouncement(ines, id, ReceiptStatus.READ));
        ask(new AnnouncementRequest.MarkAnnouncement(ines, id, ReceiptStatus.DELIVERED));
        assertThat(get(ines, id).status()).isEqualTo(ReceiptStatus.READ);
        assertThat(get(omar, id).status()).isEqualTo(ReceiptStatus.SENT);
        ask(new AnnouncementRequest.DeleteAnnouncement(ines, id));
        await().until(() -> events(ines).size() == 3);
        assertThat(events(ines).subList(1, 3))
                .containsExactly(
                        new Event.AnnouncementMarked(ines, id, ReceiptStatus.READ),
                        new Event.AnnouncementDeleted(ines, id));
        assertThat(history(ines)).isEqualTo(events(ines));
        assertThat(failure(new AnnouncementRequest.GetAnnouncement(ines, id))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(new AnnouncementRequest.MarkAnnouncement(ines, id, ReceiptStatus.READ)))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(new AnnouncementRequest.GetAnnouncement(someone(), id)))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(events(omar)).hasSize(1);
    }

    @Test
    void listsTheNewestFirstInPages() throws Exception {
        String ines = someone();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(announce("ines", List.of(ines)));
            int made = i + 1;
            await().until(() -> list(ines).total() == made);
        }
        Reply.AnnouncementPage page =
                (Reply.AnnouncementPage) ask(new AnnouncementRequest.ListAnnouncements(ines, 2, ids.get(3)));
        assertThat(page.total()).isEqualTo(5);
        assertThat(page.announcements()).extracting(Announcement::id).containsExactly(ids.get(2), ids.get(1));
        assertThat(failure(new AnnouncementRequest.ListAnnouncements(ines, 2, LayerId.newUuid())))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    private static String announce(String sender, List<String> recipients) throws Exception {
        String id = LayerId.newUuid();
        assertThat(ask(new AnnouncementRequest.CreateAnnouncement(
                        UserId.backend(""), id, sender, recipients, List.of(Service.part("news")))))
                .isEqualTo(Reply.Done.INSTANCE);
        return id;
    }

    private static Reply create(String id, List<String> recipients) throws Exception {
        return ask(new AnnouncementRequest.CreateAnnouncement(
                UserId.backend(""), id, "ines", recipients, List.of(Service.part("again"))));
    }

    private static Announcement get(String user, String id) throws Exception {
        return ((Reply.AnnouncementFound) ask(new AnnouncementRequest.GetAnnouncement(user, id))).announcement();
    }

    private static Reply.AnnouncementPage list(String user) throws Exception {
        return (Reply.AnnouncementPage) ask(new AnnouncementRequest.ListAnnouncements(user, 100, null));
    }

    private static List<Event> events(String user) {
        return service.delivered(user).stream().map(Delivery::event).toList();
    }

    private static List<Event> history(String user) throws Exception {
        Reply.HistoryPage page = (Reply.HistoryPage) ask(new HistoryRequest.ReadHistory(user, Position.BEGINNING, 200));
        return page.deliveries().stream().map(Delivery::event).toList();
    }

    private static Reply ask(MessagingRequest request) throws Exception {
        return service.ask(request);
    }

    private static ErrorCode failure(MessagingRequest request) throws Exception {
        return ((Reply.Failure) ask(request)).code();
    }
}
