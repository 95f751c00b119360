package io.continuo.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ConversationRequest.ChangeConversation;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.model.ConversationChange.AddParticipant;
import io.continuo.common.model.ConversationChange.RemoveParticipant;
import io.continuo.common.model.Person;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChannelRoutesTest {
    private static final String C = "2f4a9c1e-7d35-4b0a-8e66-91c0d2b7a310";
    private static final String ID = "#" + C;

    private static Edge edge;

    /** One for all: it takes its time to start. */
    @BeforeAll
    static void start(@TempDir Path directory) {
        edge = Edge.start(directory);
    }

    @AfterAll
    static void close() {
        edge.close();
    }

    static Stream<Arguments> routes() {
        return Stream.of(
                Arguments.of(
                        "GET", "/channels?page_size=7", new ConversationRequest.ListChannels("ines", null, 7, null)),
                Arguments.of(
                        "GET",
                        "/channels?name=p%20q&from_id=layer:///channels/" + C,
                        new ConversationRequest.ListChannels("ines", "p q", 100, ID)),
                Arguments.of("GET", "/channels/<C>", new ConversationRequest.GetChannel("ines", ID)),
                Arguments.of("DELETE", "/channels/<C>?", new ConversationRequest.DeleteConversation("ines", ID)),
                Arguments.of(
                        "DELETE",
                        "/channels/<C>?mode=all_participants",
                        new ConversationRequest.DeleteConversation("ines", ID)),
                Arguments.of(
                        "DELETE",
                        "/channels/<C>?mode=my_devices",
                        new ConversationRequest.LeaveConversation("ines", ID)),
                Arguments.of(
                        "GET",
                        "/channels/<C>/messages?page_size=5",
                        new MessageRequest.ListMessages("ines", ID, 5, null)),
                Arguments.of(
                        "GET",
                        "/channels/<C>/members?page_size=999&from_id=layer:///channels/<C>/members/a%2520b",
                        new ConversationRequest.ListMembers("ines", ID, 500, "a b")),
                Arguments.of(
                        "GET", "/channels/<C>/members/a%20b", new ConversationRequest.GetMember("ines", ID, "a b")),
                Arguments.of(
                        "PUT",
                        "/channels/<C>/members/omar",
                        new ChangeConversation("ines", ID, List.of(new AddParticipant(Person.of("omar"))))),
                Arguments.of(
                        "DELETE",
                        "/channels/<C>/members/omar",
                        new ChangeConversation("ines", ID, List.of(new RemoveParticipant("omar")))),
                Arguments.of("DELETE", "/messages/<C>", new MessageRequest.DeleteChannelMessage("ines", C)));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void leadToTheService(String method, String path, MessagingRequest asked) {
        edge.service = request -> Reply.Done.INSTANCE;
        edge.asked.clear();
        edge.send(edge.as("ines", path.replace("<C>", C)).method(method, BodyPublishers.noBody()));
        assertThat(edge.asked).containsExactly(asked);
    }
}
