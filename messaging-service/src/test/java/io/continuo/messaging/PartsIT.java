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
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.Part;
import io.continuo.common.model.PartChange;
import io.continuo.common.model.PartEdit;
import io.continuo.common.model.UserId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PartsIT extends ServiceScene {
    private static final String BACKEND = UserId.backend("");

    private static int people;

    private final String ines = "ines" + people++;
    private final String omar = "omar" + people++;

    private static Reply change(String user, Message message, PartEdit edit) throws Exception {
        return service.ask(new MessageRequest.ChangePart(user, message.id(), edit));
    }

    private static PartEdit patch(String part, String body) {
        return new PartEdit.Patch(part, body, null, body.length(), null);
    }

    private Message get(String user, Message message) throws Exception {
        return ((Reply.MessageFound) service.ask(new MessageRequest.GetMessage(user, message.id()))).message();
    }

    private static List<String> bodies(Message message) {
        return message.parts().stream().map(part -> String.valueOf(part.body())).toList();
    }

    private static List<Event.PartChanged> changes(List<Delivery> deliveries) {
        List<Event.PartChanged> changes = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            if (delivery.event() instanceof Event.PartChanged changed) {
                changes.add(changed);
            }
        }
        return changes;
    }

    private static List<Delivery> history(String user) throws Exception {
        return ((Reply.HistoryPage) service.ask(new HistoryRequest.ReadHistory(user, Position.BEGINNING, 500)))
                .deliveries();
    }

    @Test
    void theSenderChangesAPartAndEverybodySeesIt() throws Exception {
        service.attach(omar);
        Message sent = service.say(ines, service.conversation(ines, omar), "pears");
        String part = sent.parts().getFirst().id();
        Reply.PartFound found = (Reply.PartFound) change(ines, sent, patch(part, "plums"));
        assertThat(found.message().parts().getFirst().body()).isEqualTo("plums");
        assertThat(found.created()).isFalse();

        Message now = get(omar, sent);
        assertThat(bodies(now)).containsExactly("plums");
        assertThat(now.updatedAt()).isGreaterThan(sent.sentAt());
        assertThat(now.parts().getFirst().updatedAt()).isEqualTo(now.updatedAt());
        assertThat(now.parts().getFirst().id()).isEqualTo(part);

        await().until(() -> changes(service.delivered(omar)).size() == 1);
        Event.PartChanged told = changes(service.delivered(omar)).getFirst();
        assertThat(told.change()).isEqualTo(PartChange.EDITED);
        assertThat(told.message().parts()).isEqualTo(now.parts());
        assertThat(history(omar)).isEqualTo(service.delivered(omar));
    }

    @Test
    void partsComeAndGoInTheirOrder() throws Exception {
        Message sent = service.say(ines, service.conversation(ines, omar), "pears");
        Part plums = Service.part("plums");
        assertThat(((Reply.PartFound) change(ines, sent, new PartEdit.Add(plums))).created())
                .isTrue();
        change(ines, sent, new PartEdit.Add(Service.part("figs")));
        change(ines, sent, new PartEdit.Remove("0"));
        assertThat(bodies(get(omar, sent))).containsExactly("plums", "figs");
        Reply.PartFound one = (Reply.PartFound) service.ask(new MessageRequest.GetPart(omar, sent.id(), plums.id()));
        assertThat(one.index()).isZero();
        Reply.PartsFound all = (Reply.PartsFound) service.ask(new MessageRequest.ListParts(omar, sent.id()));
        assertThat(bodies(all.message())).containsExactly("plums", "figs");
        assertThat(changes(history(omar)))
                .extracting(Event.PartChanged::change)
                .containsExactly(PartChange.ADDED, PartChange.ADDED, PartChange.REMOVED);
    }

    @Test
    void whatCannotBeIsRefused() throws Exception {
        Message sent = service.say(ines, service.conversation(ines, omar), "pears");
        Part taken = new Part(sent.parts().getFirst().id(), "text/plain", "x", null, null, 1);
        Reply.Failure inUse = (Reply.Failure) change(ines, sent, new PartEdit.Add(taken));
        assertThat(inUse.code()).isEqualTo(ErrorCode.ID_IN_USE);
        assertThat(((Reply.PartFound) Objects.requireNonNull(inUse.existing())).index())
                .isZero();
        assertThat(code(change(ines, sent, new PartEdit.Remove("0")))).isEqualTo(ErrorCode.INVALID_OPERATION);
        assertThat(code(change(ines, sent, patch("7", "x")))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(change(ines, sent, patch(LayerId.newUuid(), "x")))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(get(omar, sent).updatedAt()).isZero();
    }

    @Test
    void onlyTheSenderAndTheBackendOfTheAppMay() throws Exception {
        String conversation = service.conversation(ines, omar);
        Message sent = service.say(ines, conversation, "pears");
        assertThat(code(change(omar, sent, patch("0", "mine")))).isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThat(code(change("stranger", sent, patch("0", "mine")))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(change(UserId.backend("other"), sent, patch("0", "mine"))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(change(BACKEND, sent, patch("0", "moderated"))).isInstanceOf(Reply.PartFound.class);
        service.ask(new ConversationRequest.LeaveConversation(ines, conversation));
        assertThat(code(change(ines, sent, patch("0", "gone")))).isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThat(bodies(get(omar, sent))).containsExactly("moderated");
    }

    private static ErrorCode code(Reply reply) {
        return ((Reply.Failure) reply).code();
    }

    @Test
    void concurrentChangesAllCount() throws Exception {
        Message sent = service.say(ines, service.conversation(ines, omar), "pears");
        List<Future<Reply>> adding = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            adding.add(service.insisting(
                    new MessageRequest.ChangePart(ines, sent.id(), new PartEdit.Add(Service.part("part " + i)))));
        }
        Service.await(Future.all(adding));
        assertThat(adding)
                .allSatisfy(added -> assertThat(isAccepted(added.result()))
                        .as("%s", added.result())
                        .isTrue());
        assertThat(get(omar, sent).parts()).hasSize(41);
    }

    /** Now, or when its answer got lost. */
    private static boolean isAccepted(Reply reply) {
        return reply instanceof Reply.PartFound
                || (reply instanceof Reply.Failure failure && failure.code() == ErrorCode.ID_IN_USE);
    }

    @Test
    void aDeletedMessageTakesItsChangesAlong() throws Exception {
        Message sent = service.say(ines, service.conversation(ines, omar), "pears");
        change(ines, sent, patch("0", "plums"));
        service.ask(new MessageRequest.DeleteMessage(ines, sent.id()));
        assertThat(changes(history(omar))).isEmpty();
        assertThat(code(change(ines, sent, patch("0", "figs")))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void whoJoinsGetsTheNewestMessageAsItIs() throws Exception {
        String conversation = service.conversation(ines, omar);
        Message sent = service.say(ines, conversation, "pears");
        change(ines, sent, patch("0", "plums"));
        String zoe = "zoe" + people++;
        service.ask(new ConversationRequest.ChangeConversation(
                ines,
                conversation,
                List.of(new io.continuo.common.model.ConversationChange.AddParticipant(
                        io.continuo.common.model.Person.of(zoe)))));
        await().until(() -> !history(zoe).isEmpty());
        Event.ConversationCreated joined =
                (Event.ConversationCreated) history(zoe).getFirst().event();
        assertThat(bodies(Objects.requireNonNull(joined.lastMessage()))).containsExactly("plums");
    }
}
