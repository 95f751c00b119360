package io.continuo.gateway.dialect;

import static io.continuo.common.bus.ErrorCode.INVALID_PROPERTY;
import static io.continuo.common.bus.ErrorCode.MISSING_PROPERTY;
import static io.continuo.common.bus.ErrorCode.NOT_FOUND;
import static io.continuo.gateway.dialect.Dialect.LAYER_2_0;
import static io.continuo.gateway.dialect.Dialect.LAYER_3_0;
import static io.continuo.gateway.dialect.Samples.C;
import static io.continuo.gateway.dialect.Samples.M;
import static io.continuo.gateway.dialect.Samples.P;
import static io.continuo.gateway.dialect.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.model.Content;
import io.continuo.common.model.Part;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.settings.LimitSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
    private static final LimitSettings LIMITS = new LimitSettings(65_536, 3, 25, 16, 1_000);
    private static final String CONTENT = "90ab0000-0000-4000-8000-000000000001";
    private final RequestReader reader = new RequestReader(LAYER_2_0, LIMITS);

    @Test
    void readsAConversationWithUserIdsAndIdentityIds() {
        ConversationRequest.CreateConversation read = reader.conversationCreate("ines", json("""
                {'id': 'layer:///conversations/<C>',
                 'participants': ['layer:///identities/zo%C3%AB%2F', 'omar.k'],
                 'distinct': true, 'metadata': {'title': 'Orchard', 'season': {'name': 'autumn'}}}"""));
        assertThat(read)
                .isEqualTo(new ConversationRequest.CreateConversation(
                        "ines",
                        C,
                        List.of("zoë/", "omar.k"),
                        true,
                        Map.of("title", "Orchard", "season", Map.of("name", "autumn"))));
    }

    @Test
    void choosesAnIdAndIsNotDistinctUnlessAsked() {
        ConversationRequest.CreateConversation read =
                reader.conversationCreate("ines", json("{'participants': ['omar'], 'metadata': null}"));
        assertThat(UUID.fromString(read.conversationId()).version()).isEqualTo(4);
        assertThat(read.distinct()).isFalse();
        assertThat(read.metadata()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                  | MISSING_PROPERTY   | participants
            {'participants': []}                                | MISSING_PROPERTY   | participants
            {'participants': 'omar'}                            | INVALID_PROPERTY   | participants
            {'participants': [7]}                               | INVALID_PROPERTY   | participants
            {'participants': [null]}                            | INVALID_PROPERTY   | participants
            {'participants': ['']}                              | INVALID_PROPERTY   | participants
            {'participants': ['layer:///identities/']}          | INVALID_PROPERTY   | participants
            {'participants': ['a', 'b', 'c', 'd']}              | INVALID_PROPERTY   | participants
            {'participants': ['a'], 'distinct': 'yes'}          | INVALID_PROPERTY   | distinct
            {'participants': ['a'], 'metadata': 'x'}            | INVALID_PROPERTY   | metadata
            {'participants': ['a'], 'metadata': {'n': 1}}       | INVALID_PROPERTY   | metadata
            {'participants': ['a'], 'metadata': {'a': {'b': []}}} | INVALID_PROPERTY | metadata
            {'participants': ['a'], 'metadata': {'a': null}}    | INVALID_PROPERTY   | metadata
            {'participants': ['a'], 'id': 'mine'}               | INVALID_REQUEST_ID |
            {'participants': ['a'], 'id': 7}                    | INVALID_REQUEST_ID |
            {'participants': ['a'], 'id': 'layer:///messages/<C>'} | INVALID_REQUEST_ID |
            """)
    void refusesAMalformedConversation(String data, ErrorCode code, String property) {
        expect(() -> reader.conversationCreate("ines", json(data)), code, property);
    }

    @Test
    void readsAMessagesParts() {
        MessageRequest.CreateMessage read = reader.messageCreate("ines", C, json("""
                {'id': '<M>', 'object_id': 'ignored', 'parts': [
                  {'mime_type': 'text/plain', 'body': 'zoë', 'encoding': null},
                  {'mime_type': 'image/png', 'body': 'AAEC', 'encoding': 'base64'},
                  {'mime_type': 'image/png', 'content': {'id': 'layer:///content/CONTENT', 'size': 48213}}]}""".replace("CONTENT", CONTENT)));
        assertThat(read.messageId()).isEqualTo(M);
        assertThat(read.parts())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("id")
                .containsExactly(
                        new Part("", "text/plain", "zoë", null, null, 4),
                        new Part("", "image/png", "AAEC", "base64", null, 3),
                        new Part("", "image/png", null, null, new Content(CONTENT, 48213), 48213));
        assertThat(read.parts()).extracting(Part::id).doesNotHaveDuplicates();
    }

    @Test
    void keepsThePartIdsOfLayer3Only() {
        JsonObject data = json("""
                {'parts': [{'id': 'layer:///messages/<M>/parts/<P>', 'mime_type': 'text/plain', 'body': ''}]}""");
        assertThat(new RequestReader(LAYER_3_0, LIMITS)
                        .messageCreate("ines", C, data)
                        .parts())
                .extracting(Part::id)
                .containsExactly(P);
        assertThat(reader.messageCreate("ines", C, data).parts())
                .extracting(Part::id)
                .doesNotContain(P);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                       | MISSING_PROPERTY | parts
            {'parts': []}                                                            | MISSING_PROPERTY | parts
            {'parts': {}}                                                            | INVALID_PROPERTY | parts
            {'parts': ['hi']}                                                        | INVALID_PROPERTY | parts
            {'parts': [{'body': 'hi'}]}                                              | MISSING_PROPERTY | parts.mime_type
            {'parts': [{'mime_type': 7, 'body': 'hi'}]}                              | INVALID_PROPERTY | parts.mime_type
            {'parts': [{'mime_type': 't'}]}                                          | MISSING_PROPERTY | parts.body
            {'parts': [{'mime_type': 't', 'body': 7}]}                               | INVALID_PROPERTY | parts.body
            {'parts': [{'mime_type': 't', 'body': '01234567890123456'}]}             | INVALID_PROPERTY | parts.body
            {'parts': [{'mime_type': 't', 'body': '!', 'encoding': 'base64'}]}       | INVALID_PROPERTY | parts.body
            {'parts': [{'mime_type': 't', 'body': 'hi', 'encoding': 'gzip'}]}        | INVALID_PROPERTY | parts.encoding
            {'parts': [{'mime_type': 't', 'content': 'x'}]}                          | INVALID_PROPERTY | parts.content
            {'parts': [{'mime_type': 't', 'content': {'id': 'x', 'size': 1}}]}       | INVALID_PROPERTY | parts.content
            {'parts': [{'mime_type': 't', 'content': {'id': '<C>'}}]}                | INVALID_PROPERTY | parts.content
            {'parts': [{'mime_type': 't', 'content': {'id': '<C>', 'size': -1}}]}    | INVALID_PROPERTY | parts.content
            {'parts': [{'mime_type': 't', 'body': 'hi', 'content': {'id': '<C>', 'size': 1}}]} | INVALID_PROPERTY | parts.content
            {'id': 'x', 'parts': [{'mime_type': 't', 'body': 'hi'}]}                 | INVALID_REQUEST_ID |
            """)
    void refusesAMalformedMessage(String data, ErrorCode code, String property) {
        expect(() -> reader.messageCreate("ines", C, json(data)), code, property);
    }

    @Test
    void refusesMoreThanAThousandParts() {
        JsonArray parts = new JsonArray();
        IntStream.range(0, 1_001)
                .forEach(i -> parts.add(
                        new JsonObject().put("mime_type", "text/plain").put("body", "hi")));
        expect(() -> reader.messageCreate("ines", C, new JsonObject().put("parts", parts)), INVALID_PROPERTY, "parts");
    }

    @Test
    void refusesTwoPartsOfOneId() {
        String part = "{'id': '/parts/<P>', 'mime_type': 'text/plain', 'body': 'hi'}";
        expect(
                () -> new RequestReader(LAYER_3_0, LIMITS)
                        .messageCreate("ines", C, json("{'parts': [" + part + "," + part + "]}")),
                INVALID_PROPERTY,
                "parts.id");
    }

    @Test
    void readsReceipts() {
        assertThat(reader.receipt("ines", M, json("{'type': 'read'}")).status()).isEqualTo(ReceiptStatus.READ);
        assertThat(reader.receipt("ines", M, json("{'type': 'delivery'}")).status())
                .isEqualTo(ReceiptStatus.DELIVERED);
        expect(() -> reader.receipt("ines", M, null), MISSING_PROPERTY, "type");
        expect(() -> reader.receipt("ines", M, json("{'type': 'sent'}")), INVALID_PROPERTY, "type");
    }

    @Test
    void readsObjectIds() {
        assertThat(RequestReader.objectId("conversations", "layer:///conversations/" + C))
                .isEqualTo(C);
        assertThat(RequestReader.objectId("conversations", C)).isEqualTo(C);
        expect(() -> RequestReader.objectId("conversations", null), MISSING_PROPERTY, "object_id");
        expect(() -> RequestReader.objectId("conversations", "layer:///messages/" + M), NOT_FOUND, null);
        expect(() -> RequestReader.objectId("conversations", 7), NOT_FOUND, null);
    }

    private static void expect(Runnable reading, ErrorCode code, @Nullable String property) {
        BadRequest refused = catchThrowableOfType(BadRequest.class, reading::run);
        Reply.Failure failure = refused.failure();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.property()).isEqualTo(property);
    }
}
