package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResponsesIT extends ServiceScene {
    private static int people;

    private final String ines = "ines" + people++;
    private final String omar = "omar" + people++;

    private static Part json(String mimeType, String body) {
        return new Part(LayerId.newUuid(), mimeType, body, null, null, body.length());
    }

    private static Message poll(String user, String conversation, Part... more) throws Exception {
        List<Part> parts = new ArrayList<>(List.of(json("application/vnd.layer.choice+json;role=root", "{}")));
        parts.addAll(List.of(more));
        return ((Reply.MessageFound)
                        service.ask(new MessageRequest.CreateMessage(user, conversation, LayerId.newUuid(), parts)))
                .message();
    }

    private static MessageRequest.CreateMessage response(String user, Message to, JsonObject... changes) {
        JsonObject body = new JsonObject()
                .put("response_to", LayerId.message(to.id()))
                .put("response_to_node_id", to.parts().getFirst().id())
                .put("changes", new JsonArray(List.of(changes)));
        return new MessageRequest.CreateMessage(
                user,
                to.conversationId(),
                LayerId.newUuid(),
                List.of(
                        json("application/vnd.layer.response-v2+json;role=root", body.encode()),
                        json("application/vnd.layer.status+json;role=status", "{\"text\":\"voted\"}")));
    }

    private static JsonObject change(String operation, String type, String name, String value, String id) {
        return new JsonObject()
                .put("operation", operation)
                .put("type", type)
                .put("name", name)
                .put("value", value)
                .put("id", id);
    }

    private static Message get(String user, Message message) throws Exception {
        return ((Reply.MessageFound) service.ask(new MessageRequest.GetMessage(user, message.id()))).message();
    }

    private static JsonObject summary(String user, Message message) throws Exception {
        return new JsonObject(
                String.valueOf(get(user, message).parts().getLast().body()));
    }

    private static JsonObject selection(String value, String id) {
        return new JsonObject()
                .put(
                        "adds",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("ids", new JsonArray().add(id))
                                        .put("value", value)))
                .put("removes", new JsonArray());
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

    @Test
    void responsesMakeASummaryAndThenChangeIt() throws Exception {
        service.attach(ines);
        String conversation = service.conversation(ines, omar);
        Message poll = poll(ines, conversation);
        service.ask(response(omar, poll, change("add", "LWW", "selection", "a", "x1")));
        Part summary = get(ines, poll).parts().getLast();
        assertThat(summary.mimeType())
                .isEqualTo("application/vnd.layer.responsesummary-v2+json;role=response_summary;parent-node-id="
                        + poll.parts().getFirst().id());
        assertThat(summary(ines, poll))
                .isEqualTo(new JsonObject()
                        .put(LayerId.identity(omar), new JsonObject().put("selection", selection("a", "x1"))));

        service.ask(response(omar, poll, change("add", "LWW", "selection", "b", "x2")));
        JsonObject changed = selection("b", "x2").put("removes", new JsonArray().add("x1"));
        assertThat(summary(ines, poll).getJsonObject(LayerId.identity(omar)).getJsonObject("selection"))
                .isEqualTo(changed);

        await().until(() -> changes(service.delivered(ines)).size() == 2);
        assertThat(changes(service.delivered(ines)))
                .extracting(Event.PartChanged::change)
                .containsExactly(PartChange.ADDED, PartChange.EDITED);
        assertThat(service.delivered(ines))
                .map(Delivery::event)
                .filteredOn(event -> event instanceof Event.MessageCreated)
                .hasSize(3);
        assertThat(service.delivered(ines).getLast().position().seq()).isEqualTo(1 + 2 + 2 + 1 + 2 + 2);
    }

    @Test
    void anInitialStateIsSummedUpAtOnce() throws Exception {
        String conversation = service.conversation(ines, omar);
        String node = LayerId.newUuid();
        JsonObject first = change("add", "Set", "fruit", "pear", "i1").put("identity_id", LayerId.identity(omar));
        Message poll = poll(
                ines,
                conversation,
                json(
                        "application/vnd.layer.initialresponsestate-v1+json;role=initial_response_state;parent-node-id="
                                + node,
                        new JsonArray().add(first).encode()));
        assertThat(poll.parts()).hasSize(3);
        assertThat(summary(omar, poll))
                .isEqualTo(new JsonObject()
                        .put(LayerId.identity(omar), new JsonObject().put("fruit", selection("pear", "i1"))));
        assertThat(poll.parts().getLast().mimeType()).endsWith(";parent-node-id=" + node);
        assertThat(get(omar, poll).updatedAt()).isZero();
    }

    @Test
    void noneOfManyConcurrentResponsesIsLost() throws Exception {
        String[] voters =
                IntStream.range(0, 20).mapToObj(i -> "voter" + people++).toArray(String[]::new);
        Message poll = poll(voters[0], service.conversation(voters));
        List<Future<Reply>> voting = new ArrayList<>();
        for (String voter : voters) {
            for (int i = 0; i < 5; i++) {
                voting.add(service.insisting(
                        response(voter, poll, change("add", "Set", "fruit", "fruit " + i, voter + i))));
            }
        }
        Service.await(Future.all(voting));
        assertThat(voting)
                .allSatisfy(vote -> assertThat(isAccepted(vote.result()))
                        .as("%s", vote.result())
                        .isTrue());
        JsonObject summary = summary(voters[0], poll);
        assertThat(summary.fieldNames()).hasSize(20);
        for (String voter : voters) {
            assertThat(summary.getJsonObject(LayerId.identity(voter))
                            .getJsonObject("fruit")
                            .getJsonArray("adds"))
                    .hasSize(5);
        }
    }

    /** Now, or when its answer got lost. */
    private static boolean isAccepted(Reply reply) {
        return reply instanceof Reply.MessageFound
                || (reply instanceof Reply.Failure failure && failure.code() == ErrorCode.ID_IN_USE);
    }

    @Test
    void aRepeatedResponseCountsOnce() throws Exception {
        Message poll = poll(ines, service.conversation(ines, omar));
        MessageRequest.CreateMessage vote = response(omar, poll, change("add", "FWW", "selection", "a", "x1"));
        service.ask(vote);
        long at = get(ines, poll).updatedAt();
        assertThat(((Reply.Failure) service.ask(vote)).code()).isEqualTo(ErrorCode.ID_IN_USE);
        service.ask(response(omar, poll, change("add", "FWW", "selection", "a", "x1")));
        assertThat(get(ines, poll).updatedAt()).isEqualTo(at);
        List<Delivery> history = ((Reply.HistoryPage)
                        service.ask(new HistoryRequest.ReadHistory(ines, Position.BEGINNING, 100)))
                .deliveries();
        assertThat(changes(history)).hasSize(1);
    }

    @Test
    void aResponseThatLeadsNowhereIsRefused() throws Exception {
        Message poll = poll(ines, service.conversation(ines, omar));
        Message elsewhere = poll(ines, service.conversation(ines, omar));
        JsonObject vote = change("add", "FWW", "selection", "a", "x1");
        Message otherConversation = new Message(
                elsewhere.id(), poll.conversationId(), 1, poll.sender(), 1, elsewhere.parts(), elsewhere.recipients());
        Message otherNode = new Message(
                poll.id(), poll.conversationId(), 1, poll.sender(), 1, elsewhere.parts(), poll.recipients());
        for (MessageRequest.CreateMessage bad : List.of(
                response(omar, otherConversation, vote),
                response(omar, otherNode, vote),
                response(omar, poll, change("add", "Whatever", "selection", "a", "x1")),
                response(omar, poll, new JsonObject().put("operation", "add")))) {
            Reply.Failure failure = (Reply.Failure) service.ask(bad);
            assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_PROPERTY);
            assertThat(failure.property()).isEqualTo("parts.body");
        }
        Reply.Failure stranger = (Reply.Failure) service.ask(response("stranger", poll, vote));
        assertThat(stranger.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(get(ines, poll).parts()).hasSize(1);
    }
}
