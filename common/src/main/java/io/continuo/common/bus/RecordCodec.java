package io.continuo.common.bus;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.continuo.common.event.Event;
import io.continuo.common.event.Signal;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.PartEdit;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/**
 * Carries {@link BusMessage}s: as they are within a process, as JSON between processes. A record's simple name tells
 * its type, and only the records that the sealed interfaces permit can arrive.
 */
public final class RecordCodec implements MessageCodec<BusMessage, BusMessage> {
    private static final String NAME = "continuo";
    private static final ObjectMapper MAPPER = mapper();

    private RecordCodec() {}

    static RecordCodec create() {
        return new RecordCodec();
    }

    /** Makes the bus of {@code vertx} carry Continuo's messages. Call once, before the first message. */
    public static void register(Vertx vertx) {
        vertx.eventBus().registerCodec(create());
        vertx.eventBus().codecSelector(body -> body instanceof BusMessage ? NAME : null);
    }

    @Override
    public void encodeToWire(Buffer wire, BusMessage message) {
        try {
            byte[] json = MAPPER.writerFor(BusMessage.class).writeValueAsBytes(message);
            wire.appendInt(json.length).appendBytes(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public BusMessage decodeFromWire(int position, Buffer wire) {
        int length = wire.getInt(position);
        int start = position + Integer.BYTES;
        try {
            return MAPPER.readValue(wire.getBytes(start, start + length), BusMessage.class);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** A request as text, for one that is to be kept for a while. */
    public static String text(MessagingRequest request) {
        try {
            return MAPPER.writerFor(BusMessage.class).writeValueAsString(request);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Reads what {@link #text} wrote. */
    public static MessagingRequest request(String text) {
        try {
            return (MessagingRequest) MAPPER.readValue(text, BusMessage.class);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    @Override
    public BusMessage transform(BusMessage message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        for (Class<?> root : new Class<?>[] {
            BusMessage.class, Event.class, Signal.class, ConversationChange.class, IdentityChange.class, PartEdit.class
        }) {
            mapper.addMixIn(root, Typed.class);
            leaves(root).forEach(mapper::registerSubtypes);
        }
        return mapper;
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(RecordCodec::leaves)
                : Stream.of(type);
    }

    /** Lets a value of a sealed type name its record. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "@")
    private interface Typed {}
}
