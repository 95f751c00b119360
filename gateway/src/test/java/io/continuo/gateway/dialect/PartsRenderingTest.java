package io.continuo.gateway.dialect;

import static io.continuo.common.event.Delivery.UNCHANGED;
import static io.continuo.gateway.dialect.Dialect.LAYER_2_0;
import static io.continuo.gateway.dialect.Dialect.LAYER_3_0;
import static io.continuo.gateway.dialect.Samples.C;
import static io.continuo.gateway.dialect.Samples.INES;
import static io.continuo.gateway.dialect.Samples.M;
import static io.continuo.gateway.dialect.Samples.MESSAGE;
import static io.continuo.gateway.dialect.Samples.P;
import static io.continuo.gateway.dialect.Samples.at;
import static io.continuo.gateway.dialect.Samples.bodies;
import static io.continuo.gateway.dialect.Samples.json;
import static io.continuo.gateway.dialect.Samples.renderer;
import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.event.Event;
import io.continuo.common.model.Message;
import io.continuo.common.model.Notification;
import io.continuo.common.model.Notification.Wording;
import io.continuo.common.model.Part;
import io.continuo.common.model.PartChange;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How changed parts, and what is notified of a message, are shown. */
class PartsRenderingTest {
    private static Event.PartChanged changed(PartChange change) {
        Part part = new Part(P, "text/plain;role=root", "pears were ripe", null, null, 15, at("2031-02-04T00:00:00Z"));
        return new Event.PartChanged(MESSAGE.with(List.of(part), at("2031-02-04T00:00:00Z")), change, P, "ines");
    }

    @Test
    void tellsALayer3ClientOfAnEditedPartAndThenOfTheMessage() {
        assertThat(bodies(renderer(LAYER_3_0), changed(PartChange.EDITED), UNCHANGED, "omar.k"))
                .map(JsonObject::new)
                .containsExactly(json("""
                        {'operation': 'update',
                         'object': {'type': 'MessagePart', 'id': 'layer:///messages/<M>/parts/<P>',
                                    'url': '<U>/messages/<M>/parts/<P>'},
                         'data': [{'operation': 'set', 'property': 'body', 'value': 'pears were ripe'},
                                  {'operation': 'set', 'property': 'mime_type', 'value': 'text/plain;role=root'},
                                  {'operation': 'set', 'property': 'size', 'value': 15},
                                  {'operation': 'set', 'property': 'updated_at', 'value': '2031-02-04T00:00:00.000Z'}]}"""), json("""
                        {'operation': 'update',
                         'object': {'type': 'Message', 'id': 'layer:///messages/<M>', 'url': '<U>/messages/<M>'},
                         'data': [{'operation': 'set', 'property': 'updated_at', 'value': '2031-02-04T00:00:00.000Z'}]}"""));
    }

    @Test
    void tellsALayer3ClientOfPartsThatComeAndGo() {
        String part = """
                        {'id': 'layer:///messages/<M>/parts/<P>', 'url': '<U>/messages/<M>/parts/<P>',
                         'message_url': '<U>/messages/<M>', 'updated_at': '2031-02-04T00:00:00.000Z',
                         'mime_type': 'text/plain;role=root', 'body': 'pears were ripe', 'size': 15}""";
        Map<PartChange, String> first = Map.of(
                PartChange.ADDED,
                "{'operation': 'add', 'property': 'parts', 'id': 'layer:///messages/<M>/parts/<P>', 'value': " + part
                        + "}",
                PartChange.REMOVED,
                "{'operation': 'remove', 'property': 'parts', 'id': 'layer:///messages/<M>/parts/<P>'}",
                PartChange.REPLACED,
                "{'operation': 'set', 'property': 'parts', 'value': [" + part + "]}");
        first.forEach(
                (change, operation) -> assertThat(bodies(renderer(LAYER_3_0), changed(change), UNCHANGED, "omar.k"))
                        .map(JsonObject::new)
                        .containsExactly(json("""
                        {'operation': 'update',
                         'object': {'type': 'Message', 'id': 'layer:///messages/<M>', 'url': '<U>/messages/<M>'},
                         'data': [%s,
                                  {'operation': 'set', 'property': 'updated_at', 'value': '2031-02-04T00:00:00.000Z'}]}""".formatted(operation))));
    }

    @ParameterizedTest
    @EnumSource(names = {"LAYER_1_0", "LAYER_2_0"})
    void tellsNobodyElseOfChangedParts(Dialect dialect) {
        for (PartChange change : PartChange.values()) {
            assertThat(bodies(renderer(dialect), changed(change), UNCHANGED, "omar.k"))
                    .isEmpty();
        }
    }

    @Test
    void notifiesEachRecipientInTheirOwnWords() {
        Notification notification = new Notification(
                List.of(new Wording("Ines", null, "ping"), new Wording(null, "for Omar", null)),
                Map.of("omar.k", 1),
                Map.of("category", "fruit", "data", Map.of("n", 1)));
        Message message = new Message(M, C, 4096, INES, 0, MESSAGE.parts(), MESSAGE.recipients(), 0, notification);
        assertThat(notified(LAYER_3_0, message, "omar.k")).isEqualTo(json("""
                        {'title': 'Ines', 'text': 'for Omar', 'sound': 'ping', 'category': 'fruit', 'data': {'n': 1}}"""));
        assertThat(notified(LAYER_3_0, message, "zoe"))
                .isEqualTo(json("{'title': 'Ines', 'sound': 'ping', 'category': 'fruit', 'data': {'n': 1}}"));
        assertThat(notified(LAYER_3_0, message, "ines")).isNull();
        assertThat(notified(LAYER_2_0, message, "omar.k")).isNull();
        assertThat(renderer(LAYER_3_0).message(message, "omar.k").containsKey("notification"))
                .isFalse();
    }

    @Test
    void doesNotNotifyWhoIsNotAddressed() {
        Notification notification = new Notification(
                List.of(new Wording(null, null, null), new Wording(null, "for Omar", null)),
                Map.of("omar.k", 1),
                Map.of());
        Message message = new Message(M, C, 4096, INES, 0, MESSAGE.parts(), MESSAGE.recipients(), 0, notification);
        assertThat(notified(LAYER_3_0, message, "zoe")).isNull();
        assertThat(notified(LAYER_3_0, message, "omar.k")).isEqualTo(json("{'text': 'for Omar'}"));
    }

    private static @Nullable JsonObject notified(Dialect dialect, Message message, String user) {
        String create = bodies(renderer(dialect), new Event.MessageCreated(message, 1), 1, user)
                .getFirst();
        return new JsonObject(create).getJsonObject("data").getJsonObject("notification");
    }
}
