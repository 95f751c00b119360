package io.continuo.gateway.dialect;

import static io.continuo.gateway.dialect.Samples.C;
import static io.continuo.gateway.dialect.Samples.INES;
import static io.continuo.gateway.dialect.Samples.M;
import static io.continuo.gateway.dialect.Samples.OMAR;
import static io.continuo.gateway.dialect.Samples.at;
import static io.continuo.gateway.dialect.Samples.json;
import static io.continuo.gateway.dialect.Samples.renderer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.event.Signal;
import io.continuo.common.event.TypingState;
import io.continuo.common.model.Channel;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.MemberRole;
import io.continuo.common.model.Membership;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.settings.Settings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChannelsTest {
    private static final String ID = ContainerId.channel(C);
    private static final long JOINED = at("2031-02-03T08:00:00Z");
    private static final Channel CHANNEL = new Channel(ID, "pears", "ines", JOINED, Map.of("a", "b"));
    private static final Message MESSAGE =
            new Message(M, ID, 40960, INES, JOINED, List.of(), Map.of("ines", ReceiptStatus.READ));
    private static final Membership OMARS = new Membership(ID, OMAR, MemberRole.USER, JOINED);
    private final RequestReader reader =
            new RequestReader(Dialect.LAYER_2_0, Settings.of(Map.of()).limits());

    static Stream<Event> events() {
        return Stream.of(
                new Event.ChannelCreated(CHANNEL, "ines", JOINED),
                new Event.MembershipCreated(OMARS, "omar.k"),
                new Event.MembershipDeleted(ID, "omar.k", "ines"),
                new Event.ConversationChanged(ID, "ines", List.of(new ConversationChange.SetName("apples"))),
                new Event.ConversationDeleted(ID, DeletionMode.ALL_PARTICIPANTS),
                new Event.MessageCreated(MESSAGE, 1),
                new Event.MessageDeleted(M, ID, "", 0));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventTakesOnePlaceAndShowsInNewDialectsOnly(Event event) {
        assertThat(event.span(Delivery.UNCHANGED)).isEqualTo(1);
        assertThat(renderer(Dialect.LAYER_1_0).packets(event, 0, -1, "omar.k")).isEmpty();
        assertThat(renderer(Dialect.LAYER_2_0).packets(event, 0, -1, "omar.k")).hasSize(1);
        assertThat(renderer(Dialect.LAYER_3_0).packets(event, 0, -1, "omar.k")).hasSize(1);
    }

    @Test
    void everyoneSeesTheirOwnMembershipInANewChannel() {
        Event event = new Event.ChannelCreated(CHANNEL, "ines", JOINED);
        assertThat(renderer(Dialect.LAYER_2_0).isPersonal(event)).isTrue();
        assertThat(body(event, "omar.k")).isEqualTo(json("""
                {'operation': 'create',
                 'object': {'type': 'Channel', 'id': 'layer:///channels/<C>', 'url': '<U>/channels/<C>'},
                 'data': {'id': 'layer:///channels/<C>', 'url': '<U>/channels/<C>',
                   'messages_url': '<U>/channels/<C>/messages', 'name': 'pears',
                   'created_at': '2031-02-03T08:00:00.000Z', 'metadata': {'a': 'b'},
                   'membership': {'id': 'layer:///channels/<C>/members/omar.k',
                     'url': '<U>/channels/<C>/members/omar.k',
                     'channel': {'id': 'layer:///channels/<C>', 'url': '<U>/channels/<C>', 'name': 'pears'},
                     'role': 'user', 'joined_at': '2031-02-03T08:00:00.000Z'}}}"""));
        assertThat(body(event, "ines")
                        .getJsonObject("data")
                        .getJsonObject("membership")
                        .getString("role"))
                .isEqualTo("owner");
    }

    @Test
    void othersComeAndGo() {
        JsonObject object = json("""
                {'type': 'Membership', 'id': 'layer:///channels/<C>/members/omar.k',
                 'url': '<U>/channels/<C>/members/omar.k'}""");
        JsonObject came = body(new Event.MembershipCreated(OMARS, "omar.k"), "ines");
        assertThat(came.getJsonObject("object")).isEqualTo(object);
        assertThat(came.getJsonObject("data")).isEqualTo(json("""
                {'id': 'layer:///channels/<C>/members/omar.k', 'url': '<U>/channels/<C>/members/omar.k',
                 'channel': {'id': 'layer:///channels/<C>', 'url': '<U>/channels/<C>'}, 'identity': <omar>,
                 'role': 'user', 'joined_at': '2031-02-03T08:00:00.000Z'}"""));
        JsonObject went = body(new Event.MembershipDeleted(ID, "omar.k", "ines"), "ines");
        assertThat(went.getString("operation")).isEqualTo("delete");
        assertThat(went.getJsonObject("object")).isEqualTo(object);
    }

    @Test
    void aMessageNamesItsChannelAndHasNoReceipts() {
        JsonObject data = body(new Event.MessageCreated(MESSAGE, 1), "omar.k").getJsonObject("data");
        assertThat(data.getJsonObject("channel"))
                .isEqualTo(json("{'id': 'layer:///channels/<C>', 'url': '<U>/channels/<C>'}"));
        assertThat(data.fieldNames()).doesNotContain("conversation", "recipient_status", "receipts_url");
        assertThat(data.getBoolean("is_unread")).isTrue();
    }

    @Test
    void theNameChanges() {
        JsonObject changed = body(
                new Event.ConversationChanged(ID, "ines", List.of(new ConversationChange.SetName("apples"))), "ines");
        assertThat(changed.getJsonObject("object").getString("type")).isEqualTo("Channel");
        assertThat(changed.getJsonArray("data"))
                .isEqualTo(new JsonArray("[{\"operation\":\"set\",\"property\":\"name\",\"value\":\"apples\"}]"));
    }

    @ParameterizedTest
    @EnumSource
    void typingInAChannelShowsWhereChannelsDo(Dialect dialect) {
        Signal typing = new Signal.Typing(ID, OMAR, TypingState.STARTED, 1);
        assertThat(renderer(dialect).canShow(typing)).isEqualTo(dialect != Dialect.LAYER_1_0);
        assertThat(renderer(dialect).signalBody(typing)).contains("layer:///channels/" + C);
    }

    @Test
    void aChannelIsReadWithItsMembersInTheCallersApp() {
        ConversationRequest.CreateChannel read = reader.channelCreate(
                "app\u001fines",
                json("{'id': 'layer:///channels/<C>', 'name': 'pears', 'metadata': null,"
                        + " 'members': ['layer:///identities/zo%C3%A9', 'omar']}"));
        assertThat(read)
                .isEqualTo(new ConversationRequest.CreateChannel(
                        "app\u001fines", ID, "pears", List.of("app\u001fzoé", "app\u001fomar"), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; MISSING_PROPERTY",
                "{'name': ' '}; INVALID_PROPERTY",
                "{'name': 7}; INVALID_PROPERTY",
                "{'name': '2f4a9c1e-7d35-4b0a-8e66-91c0d2b7a310'}; INVALID_PROPERTY",
                "{'name': 'pears', 'members': 'omar'}; INVALID_PROPERTY",
                "{'name': 'pears', 'members': [7]}; INVALID_PROPERTY",
                "{'name': 'pears', 'id': 'x'}; INVALID_REQUEST_ID",
            })
    void whatIsNoChannelIsRefused(String data, ErrorCode code) {
        JsonObject given = json(data);
        assertThatThrownBy(() -> reader.channelCreate("ines", given))
                .isInstanceOfSatisfying(
                        BadRequest.class,
                        bad -> assertThat(bad.failure())
                                .extracting(Reply.Failure::code)
                                .isEqualTo(code));
    }

    @Test
    void metadataAndNameCanBePatchedAndNothingElse() {
        JsonArray operations = new JsonArray()
                .add(json("{'operation': 'set', 'property': 'metadata.a', 'value': 'x'}"))
                .add(json("{'operation': 'set', 'property': 'name', 'value': 'apples'}"));
        assertThat(reader.channelChange("ines", ID, operations).changes())
                .containsExactly(
                        new ConversationChange.SetMetadata(List.of("a"), "x"),
                        new ConversationChange.SetName("apples"));
        for (String other : List.of("participants", "members", "name.x")) {
            JsonArray refused =
                    new JsonArray().add(json("{'operation': 'set', 'property': '" + other + "', 'value': 'x'}"));
            assertThatThrownBy(() -> reader.channelChange("ines", ID, refused)).isInstanceOf(BadRequest.class);
        }
    }

    @Test
    void aMembershipsIdNamesItsUser() {
        String id = LayerId.membership(ID, Person.of("a/b é").userId());
        assertThat(LayerId.memberUserId(id)).isEqualTo("a/b é");
        assertThat(LayerId.memberUserId("omar")).isEqualTo("omar");
        assertThat(LayerId.containerId("layer:///channels/" + C)).contains(ID);
        assertThat(LayerId.containerId(C)).contains(C);
        assertThat(LayerId.containerId("layer:///channels/x")).isEmpty();
    }

    private static JsonObject body(Event event, String user) {
        return new JsonObject(renderer(Dialect.LAYER_2_0)
                .packets(event, 0, Delivery.UNCHANGED, user)
                .getFirst()
                .text());
    }
}
