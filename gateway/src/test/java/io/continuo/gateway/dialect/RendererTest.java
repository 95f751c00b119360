package io.continuo.gateway.dialect;

import static io.continuo.common.event.Delivery.UNCHANGED;
import static io.continuo.gateway.dialect.Dialect.LAYER_1_0;
import static io.continuo.gateway.dialect.Dialect.LAYER_2_0;
import static io.continuo.gateway.dialect.Dialect.LAYER_3_0;
import static io.continuo.gateway.dialect.Samples.C;
import static io.continuo.gateway.dialect.Samples.CONVERSATION;
import static io.continuo.gateway.dialect.Samples.INES;
import static io.continuo.gateway.dialect.Samples.LINKS;
import static io.continuo.gateway.dialect.Samples.M;
import static io.continuo.gateway.dialect.Samples.MESSAGE;
import static io.continuo.gateway.dialect.Samples.OMAR;
import static io.continuo.gateway.dialect.Samples.at;
import static io.continuo.gateway.dialect.Samples.bodies;
import static io.continuo.gateway.dialect.Samples.json;
import static io.continuo.gateway.dialect.Samples.renderer;
import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.event.PresenceStatus;
import io.continuo.common.event.Signal;
import io.continuo.common.event.TypingState;
import io.continuo.common.model.Announcement;
import io.continuo.common.model.Content;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.ConversationView;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.model.Identity;
import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.IdentityField;
import io.continuo.common.model.Message;
import io.continuo.common.model.Part;
import io.continuo.common.model.ReceiptStatus;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RendererTest {
    @Test
    void showsAConversationToALayer1ClientWithBareUserIds() {
        assertThat(renderer(LAYER_1_0).conversation(ConversationView.fresh(CONVERSATION), "ines"))
                .isEqualTo(json("""
                        {'id': 'layer:///conversations/<C>', 'url': '<U>/conversations/<C>',
                         'messages_url': '<U>/conversations/<C>/messages',
                         'created_at': '2031-02-03T08:00:00.000Z', 'last_message': null,
                         'participants': ['ines', 'omar.k'], 'distinct': true, 'unread_message_count': 0,
                         'metadata': {'title': 'Orchard'}}"""));
    }

    @ParameterizedTest
    @EnumSource(names = {"LAYER_2_0", "LAYER_3_0"})
    void showsAConversationToALaterClientWithIdentities(Dialect dialect) {
        assertThat(renderer(dialect).conversation(new ConversationView(CONVERSATION, 2, 7, null), "ines"))
                .isEqualTo(json("""
                        {'id': 'layer:///conversations/<C>', 'url': '<U>/conversations/<C>',
                         'messages_url': '<U>/conversations/<C>/messages',
                         'created_at': '2031-02-03T08:00:00.000Z', 'last_message': null,
                         'participants': [<ines>, <omar>], 'distinct': true, 'unread_message_count': 2,
                         'total_message_count': 7, 'metadata': {'title': 'Orchard'}}"""));
    }

    @Test
    void showsMetadataThatWasNeverGivenAsEmpty() {
        Conversation bare = new Conversation(C, 0, List.of(INES), false, null);
        assertThat(renderer(LAYER_2_0)
                        .conversation(ConversationView.fresh(bare), "ines")
                        .getJsonObject("metadata"))
                .isEmpty();
    }

    @Test
    void showsAMessageToALayer1Client() {
        assertThat(renderer(LAYER_1_0).message(MESSAGE, "omar.k")).isEqualTo(json("""
                        {'id': 'layer:///messages/<M>', 'url': '<U>/messages/<M>',
                         'receipts_url': '<U>/messages/<M>/receipts', 'position': 40960,
                         'conversation': {'id': 'layer:///conversations/<C>', 'url': '<U>/conversations/<C>'},
                         'parts': [{'id': 'layer:///messages/<M>/parts/0', 'mime_type': 'text/plain;role=root',
                                    'body': 'pears are ripe', 'size': 14}],
                         'sent_at': '2031-02-03T09:10:11.512Z', 'sender': {'user_id': 'ines', 'name': null},
                         'is_unread': true, 'recipient_status': {'ines': 'read', 'omar.k': 'sent'}}"""));
    }

    @Test
    void showsAMessageToALayer2Client() {
        assertThat(renderer(LAYER_2_0).message(MESSAGE, "ines")).isEqualTo(json("""
                        {'id': 'layer:///messages/<M>', 'url': '<U>/messages/<M>',
                         'receipts_url': '<U>/messages/<M>/receipts', 'position': 40960,
                         'conversation': {'id': 'layer:///conversations/<C>', 'url': '<U>/conversations/<C>'},
                         'parts': [{'id': 'layer:///messages/<M>/parts/0', 'mime_type': 'text/plain;role=root',
                                    'body': 'pears are ripe', 'size': 14}],
                         'sent_at': '2031-02-03T09:10:11.512Z', 'received_at': '2031-02-03T09:10:11.512Z',
                         'sender': <ines>, 'is_unread': false,
                         'recipient_status': {'layer:///identities/ines': 'read',
                                              'layer:///identities/omar.k': 'sent'}}"""));
    }

    @Test
    void showsAMessageToALayer3ClientWithAddressableParts() {
        JsonObject message = renderer(LAYER_3_0).message(MESSAGE, "ines");
        assertThat(message.containsKey("updated_at")).isTrue();
        assertThat(message.getJsonArray("parts").getJsonObject(0)).isEqualTo(json("""
                        {'id': 'layer:///messages/<M>/parts/<P>', 'url': '<U>/messages/<M>/parts/<P>',
                         'message_url': '<U>/messages/<M>', 'updated_at': '2031-02-03T09:10:11.512Z',
                         'mime_type': 'text/plain;role=root', 'body': 'pears are ripe', 'size': 14}"""));
    }

    @Test
    void showsRichContentWithAFreshLink() {
        String id = "90ab0000-0000-4000-8000-000000000001";
        Downloads downloads =
                (links, content) -> new Downloads.Download(links.base() + "/d/" + content, at("2031-02-03T10:00:00Z"));
        Part photo = new Part(Samples.P, "image/png", null, null, new Content(id, 48213), 48213);
        Message message = new Message(M, C, 4096, INES, 0, List.of(photo), Map.of());

        JsonObject part = new Renderer(LAYER_2_0, LINKS, true, downloads)
                .message(message, "ines")
                .getJsonArray("parts")
                .getJsonObject(0);

        assertThat(part.containsKey("body")).isFalse();
        assertThat(part.getJsonObject("content")).isEqualTo(json("""
                        {'id': 'layer:///content/ID', 'download_url': '<U>/d/ID',
                         'expiration': '2031-02-03T10:00:00.000Z', 'refresh_url': '<U>/content/ID',
                         'size': 48213}""".replace("ID", id)));
    }

    @Test
    void marksAFullIdentityByItsMetadataAndABasicOneByItsAbsence() {
        Identity identity = new Identity(INES, "Ines", "K.", "", "ines@example.test", "", Map.of("team", "south"));
        assertThat(renderer(LAYER_2_0).identity(identity)).isEqualTo(json("""
                        {'id': 'layer:///identities/ines', 'url': '<U>/identities/ines', 'user_id': 'ines',
                         'type': 'user', 'display_name': 'Ines K.',
                         'avatar_url': 'https://cdn.example.test/i.png', 'first_name': 'Ines', 'last_name': 'K.',
                         'phone_number': '', 'email_address': 'ines@example.test', 'public_key': '',
                         'metadata': {'team': 'south'}}"""));
        assertThat(renderer(LAYER_2_0).basicIdentity(OMAR)).isEqualTo(json("<omar>"));
    }

    @Test
    void writesAConversationsCreateAsItWasThen() {
        Event created = new Event.ConversationCreated(CONVERSATION, "ines", null, 0);
        JsonObject body = only(LAYER_2_0, created, UNCHANGED, "omar.k");
        assertThat(body.getString("operation")).isEqualTo("create");
        assertThat(body.getJsonObject("object")).isEqualTo(json("""
                {'type': 'Conversation', 'id': 'layer:///conversations/<C>', 'url': '<U>/conversations/<C>'}"""));
        assertThat(body.getJsonObject("data"))
                .isEqualTo(renderer(LAYER_2_0).conversation(ConversationView.fresh(CONVERSATION), "omar.k"));
    }

    @Test
    void writesAMessageBeforeTheConversationsUpdateThatNamesIt() {
        List<String> bodies = Samples.bodies(renderer(LAYER_2_0), new Event.MessageCreated(MESSAGE, 10), 3, "omar.k");
        assertThat(bodies).hasSize(2);
        JsonObject create = new JsonObject(bodies.getFirst());
        assertThat(create.getString("operation")).isEqualTo("create");
        assertThat(create.getJsonObject("object").getString("type")).isEqualTo("Message");
        assertThat(create.getJsonObject("data")).isEqualTo(renderer(LAYER_2_0).message(MESSAGE, "omar.k"));
        assertThat(new JsonObject(bodies.getLast())).isEqualTo(json("""
                {'operation': 'update',
                 'object': {'type': 'Conversation', 'id': 'layer:///conversations/<C>',
                            'url': '<U>/conversations/<C>'},
                 'data': [{'operation': 'set', 'property': 'last_message', 'id': 'layer:///messages/<M>'},
                          {'operation': 'set', 'property': 'unread_message_count', 'value': 3},
                          {'operation': 'set', 'property': 'total_message_count', 'value': 10}]}"""));
    }

    @Test
    void leavesTheSendersUnreadCountAlone() {
        List<String> bodies =
                Samples.bodies(renderer(LAYER_2_0), new Event.MessageCreated(MESSAGE, 10), UNCHANGED, "ines");
        assertThat(new JsonObject(bodies.getLast()).getJsonArray("data").encode())
                .doesNotContain("unread_message_count");
    }

    @Test
    void escapesDotsInTheKeyOfAReceipt() {
        Event read = new Event.ReceiptChanged(M, C, "omar.k", ReceiptStatus.READ);
        assertThat(only(LAYER_3_0, read, UNCHANGED, "ines")).isEqualTo(json("""
                {'operation': 'update',
                 'object': {'type': 'Message', 'id': 'layer:///messages/<M>', 'url': '<U>/messages/<M>'},
                 'data': [{'operation': 'set', 'property': 'recipient_status.layer:///identities/omar\\\\.k',
                           'value': 'read'}]}"""));
    }

    @Test
    void tellsTheReaderTheNewUnreadCount() {
        Event read = new Event.ReceiptChanged(M, C, "omar.k", ReceiptStatus.READ);
        List<String> bodies = Samples.bodies(renderer(LAYER_2_0), read, 0, "omar.k");
        assertThat(bodies).hasSize(2);
        assertThat(new JsonObject(bodies.getLast())).isEqualTo(json("""
                {'operation': 'update',
                 'object': {'type': 'Conversation', 'id': 'layer:///conversations/<C>',
                            'url': '<U>/conversations/<C>'},
                 'data': [{'operation': 'set', 'property': 'unread_message_count', 'value': 0}]}"""));
    }

    @Test
    void callsALayer1ModificationPatchOrUpdateAsConfigured() {
        Event read = new Event.ReceiptChanged(M, C, "a.b\\c", ReceiptStatus.DELIVERED);
        JsonObject patch = only(LAYER_1_0, read, UNCHANGED, "ines");
        assertThat(patch.getString("operation")).isEqualTo("patch");
        assertThat(patch.getJsonArray("data").getJsonObject(0).getString("property"))
                .isEqualTo("recipient_status.a\\.b\\\\c");
        String update = new Renderer(LAYER_1_0, LINKS, false)
                .packets(read, 0, UNCHANGED, "ines")
                .getFirst()
                .text();
        assertThat(new JsonObject(update).getString("operation")).isEqualTo("update");
    }

    @Test
    void saysThatEverythingIsReadInOnePacketOrToLayer1MessageByMessage() {
        Event read = new Event.AllRead(C, "omar.k", 40_960, List.of(M, Samples.P));
        for (Dialect dialect : List.of(LAYER_2_0, LAYER_3_0)) {
            List<Packet> packets = renderer(dialect).packets(read, 0, 3, "ines");
            assertThat(packets).extracting(Packet::type).containsExactly("operation");
            assertThat(new JsonObject(packets.getFirst().text())).isEqualTo(json("""
                    {'method': 'Conversation.mark_all_read',
                     'object': {'type': 'Conversation', 'id': 'layer:///conversations/<C>',
                                'url': '<U>/conversations/<C>'},
                     'data': {'position': 40960,
                              'identity': {'id': 'layer:///identities/omar.k', 'url': '<U>/identities/omar.k'}}}"""));
        }
        List<Packet> single = renderer(LAYER_1_0).packets(read, 0, 3, "ines");
        assertThat(single).extracting(Packet::type).containsOnly("change");
        assertThat(single.stream()
                        .map(packet -> new JsonObject(packet.text()))
                        .map(body -> body.getJsonObject("object").getString("id")))
                .containsExactly("layer:///messages/" + M, "layer:///messages/" + Samples.P);
        assertThat(new JsonObject(single.getFirst().text()).getJsonArray("data"))
                .isEqualTo(json("""
                        {'data': [{'operation': 'set', 'property': 'recipient_status.omar\\\\.k', 'value': 'read'}]}""").getJsonArray("data"));
        assertThat(renderer(LAYER_1_0).packets(read, 1, 3, "omar.k")).hasSize(1);
    }

    @Test
    void bringsAConversationBackWithoutWhatWasDeleted() {
        Event returned = new Event.ConversationReturned(CONVERSATION, "ines", 40_960);
        for (Dialect dialect : List.of(LAYER_2_0, LAYER_3_0)) {
            JsonObject gone = new JsonObject(renderer(dialect)
                    .packets(returned, 0, UNCHANGED, "ines")
                    .getFirst()
                    .text());
            assertThat(gone.getString("operation")).isEqualTo("delete");
            assertThat(gone.getJsonObject("data")).isEqualTo(json("{'mode': 'my_devices', 'from_position': 40960}"));
        }
        assertThat(renderer(LAYER_1_0).packets(returned, 0, UNCHANGED, "ines")).isEmpty();
        for (Dialect dialect : Dialect.values()) {
            JsonObject back = new JsonObject(renderer(dialect)
                    .packets(returned, 1, UNCHANGED, "ines")
                    .getFirst()
                    .text());
            assertThat(back.getString("operation")).isEqualTo("create");
            assertThat(back.getJsonObject("data").getValue("last_message")).isNull();
        }
    }

    @Test
    void saysForWhomAMessageIsGone() {
        Event hidden = new Event.MessageDeleted(M, C, "", 3, DeletionMode.MY_DEVICES);
        JsonObject body = new JsonObject(renderer(LAYER_2_0)
                .packets(hidden, 0, UNCHANGED, "ines")
                .getFirst()
                .text());
        assertThat(body.getJsonObject("data")).isEqualTo(json("{'mode': 'my_devices'}"));
    }

    @Test
    void namesWhoTypesInEachDialectsShape() {
        Signal typing = new Signal.Typing(C, OMAR, TypingState.PAUSED, 1);
        String head = """
                {'type': 'typing_indicator',
                 'object': {'type': 'Conversation', 'id': 'layer:///conversations/<C>',
                            'url': '<U>/conversations/<C>'},
                """;
        assertThat(new JsonObject(renderer(LAYER_1_0).signalBody(typing)))
                .isEqualTo(json(head + "'data': {'action': 'paused', 'user_id': 'omar.k'}}"));
        assertThat(new JsonObject(renderer(LAYER_3_0).signalBody(typing)))
                .isEqualTo(json(head + "'data': {'action': 'paused', 'sender': <omar>}}"));
    }

    @Test
    void writesPresenceAsAnIdentitysUpdateAndHidesItFromLayer1() {
        Signal.Presence presence =
                new Signal.Presence("omar.k", PresenceStatus.AVAILABLE, at("2031-02-03T09:00:00Z"), 1);
        JsonObject expected = json("""
                {'operation': 'update',
                 'object': {'type': 'Identity', 'id': 'layer:///identities/omar.k', 'url': '<U>/identities/omar.k'},
                 'data': [{'operation': 'set', 'property': 'presence.status', 'value': 'available'},
                          {'operation': 'set', 'property': 'presence.last_seen_at',
                           'value': '2031-02-03T09:00:00.000Z'}]}""");
        assertThat(new JsonObject(renderer(LAYER_2_0).signalBody(presence))).isEqualTo(expected);
        assertThat(renderer(LAYER_2_0).presenceChange(presence)).isEqualTo(expected);
        assertThat(renderer(LAYER_2_0).canShow(presence)).isTrue();
        assertThat(renderer(LAYER_1_0).canShow(presence)).isFalse();
        assertThat(renderer(LAYER_1_0).canShow(new Signal.Typing(C, OMAR, TypingState.STARTED, 1)))
                .isTrue();
    }

    @Test
    void namesThePropertyAtFault() {
        Reply.Failure missing =
                Reply.Failure.ofProperty(ErrorCode.MISSING_PROPERTY, "participants", "participants is missing.");
        assertThat(renderer(LAYER_2_0).error(missing, "ines")).isEqualTo(json("""
                {'id': 'missing_property', 'code': 104, 'message': 'participants is missing.',
                 'url': '<U>/docs/errors#104', 'data': {'property': 'participants'}}"""));
    }

    @Test
    void showsTheObjectThatIsInTheWay() {
        Reply existing = new Reply.MessageFound(MESSAGE, Position.BEGINNING);
        Reply.Failure inUse = new Reply.Failure(ErrorCode.ID_IN_USE, "Seen before.", null, existing);
        assertThat(renderer(LAYER_2_0).error(inUse, "ines").getJsonObject("data"))
                .isEqualTo(renderer(LAYER_2_0).message(MESSAGE, "ines"));
    }

    @Test
    void wrapsPresenceStatesForPresenceSync() {
        assertThat(renderer(LAYER_2_0).reply(new Reply.PresenceStates(List.of()), "ines"))
                .isEqualTo(json("{'changes': []}"));
    }

    private static JsonObject only(Dialect dialect, Event event, int unread, String user) {
        List<String> bodies = Samples.bodies(renderer(dialect), event, unread, user);
        assertThat(bodies).hasSize(1);
        return new JsonObject(bodies.getFirst());
    }

    @Test
    void tellsWhatHasChangedInAnIdentityButNotInLayer1() {
        Event changed = new Event.IdentityChanged(
                "omar.k",
                List.of(
                        new IdentityChange.SetField(IdentityField.AVATAR_URL, ""),
                        new IdentityChange.SetProfileMetadata(List.of("a.b"), Map.of("c", "d")),
                        new IdentityChange.DeleteProfileMetadata(List.of("e"))));
        assertThat(new JsonObject(Samples.bodies(Samples.renderer(Dialect.LAYER_2_0), changed, -1, "ines")
                        .getFirst()))
                .isEqualTo(Samples.json("""
                        {'operation': 'update',
                         'object': {'type': 'Identity', 'id': 'layer:///identities/omar.k',
                                    'url': '<U>/identities/omar.k'},
                         'data': [{'operation': 'set', 'property': 'avatar_url', 'value': null},
                                  {'operation': 'set', 'property': 'metadata.a\\\\.b', 'value': {'c': 'd'}},
                                  {'operation': 'delete', 'property': 'metadata.e'}]}"""));
        Event gone = new Event.Unfollowed("ines", "omar.k");
        assertThat(Samples.bodies(Samples.renderer(Dialect.LAYER_3_0), gone, -1, "ines"))
                .singleElement()
                .asString()
                .contains("\"operation\":\"delete\"", "\"data\":null");
        assertThat(Samples.bodies(Samples.renderer(Dialect.LAYER_1_0), changed, -1, "ines"))
                .isEmpty();
    }

    @Test
    void showsAnAnnouncementWithNobodysStatusButTheReaders() {
        Announcement announcement = new Announcement(
                Samples.M, 7, Samples.INES, Samples.MESSAGE.sentAt(), Samples.MESSAGE.parts(), ReceiptStatus.SENT);
        Event created = new Event.AnnouncementCreated(announcement);
        JsonObject data = new JsonObject(Samples.bodies(Samples.renderer(Dialect.LAYER_2_0), created, -1, "omar.k")
                        .getFirst())
                .getJsonObject("data");
        assertThat(data.getString("id")).isEqualTo("layer:///announcements/" + Samples.M);
        assertThat(data.getJsonObject("recipient_status"))
                .isEqualTo(new JsonObject().put("layer:///identities/omar.k", "sent"));
        assertThat(data.getBoolean("is_unread")).isTrue();
        assertThat(data.containsKey("conversation")).isFalse();
        assertThat(data.getJsonArray("parts").getJsonObject(0).getString("id"))
                .isEqualTo("layer:///announcements/" + Samples.M + "/parts/0");
    }
}
