package io.continuo.gateway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.model.ReadingList;
import io.continuo.common.model.SubjectWrite;
import io.continuo.gateway.dialect.BadRequest;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of subjects (protocol/atmosphere.md §6.7) and sees to it that they are what clients expect. Fields that it
 * does not know are as welcome. Stateless.
 */
public final class SubjectReader {
    private static final int LONGEST_VALUE = 65_536;
    private static final int LONGEST_KEY = 255;
    private static final int MOST_MESSAGES = 100;
    private static final Set<String> CONNECTION =
            Set.of("signal_lost", "just_registered", "just_replaced", "offline", "idle", "active");
    private static final Set<String> MOVEMENT = Set.of("moving", "stopped", "parked");

    /** Numbers stay what they are, to the last digit. */
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build()
            .reader();

    private SubjectReader() {}

    /** One JSON value; throws {@link BadRequest} for what is none. */
    static JsonNode json(String text) {
        try {
            JsonNode node = READER.readTree(text);
            if (!node.isMissingNode()) {
                return node;
            }
        } catch (JsonProcessingException malformed) {
            throw BadRequest.of(ErrorCode.INVALID_REQUEST, "This is not JSON: " + malformed.getOriginalMessage());
        }
        throw BadRequest.of(ErrorCode.INVALID_REQUEST, "There is nothing to read.");
    }

    /** The same of bytes in UTF-8. */
    static JsonNode json(byte[] bytes, int from, int length) {
        try {
            JsonNode node = READER.readTree(bytes, from, length);
            if (!node.isMissingNode()) {
                return node;
            }
        } catch (JsonProcessingException malformed) {
            throw BadRequest.of(ErrorCode.INVALID_REQUEST, "This is not JSON: " + malformed.getOriginalMessage());
        } catch (IOException malformed) {
            throw BadRequest.of(ErrorCode.INVALID_REQUEST, "This is not JSON: " + malformed.getMessage());
        }
        throw BadRequest.of(ErrorCode.INVALID_REQUEST, "There is nothing to read.");
    }

    /** An object; throws {@link BadRequest} for anything else. */
    static ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw BadRequest.of(ErrorCode.INVALID_REQUEST, "This must be a JSON object.");
    }

    /** An entry of a list of writes: {@code {"id": 7, "state": {…}, "readings": {…}, "iot": …, "replace": false}}. */
    static SubjectWrite entry(JsonNode node) {
        ObjectNode entry = object(node);
        JsonNode id = entry.path("id");
        if (id.isMissingNode()) {
            throw BadRequest.missing("id");
        }
        JsonNode replace = entry.path("replace");
        if (!replace.isMissingNode() && !replace.isBoolean()) {
            throw BadRequest.invalid("replace", "replace must be true or false.");
        }
        SubjectWrite write = values(id(id), replace.asBoolean(false), entry);
        if (write.state() == null && write.readings() == null && write.iot() == null) {
            throw BadRequest.missing("state");
        }
        return write;
    }

    /** Values among the properties of an object. */
    static SubjectWrite values(long id, boolean replace, ObjectNode object) {
        return new SubjectWrite(
                id,
                replace,
                value(object, SubjectKind.STATE),
                value(object, SubjectKind.READINGS),
                value(object, SubjectKind.IOT));
    }

    private static @Nullable String value(ObjectNode object, SubjectKind kind) {
        JsonNode value = object.get(kind.wire());
        return value == null ? null : value(kind, value);
    }

    /** A value as text. */
    static String value(SubjectKind kind, JsonNode value) {
        switch (kind) {
            case STATE -> checkState(value);
            case READINGS -> checkReadings(value);
            case IOT -> checkIot(value);
        }
        String text = value.toString();
        if (text.length() > LONGEST_VALUE) {
            throw invalid(kind.wire(), "must not be longer than " + LONGEST_VALUE + " characters");
        }
        return text;
    }

    /** A subject's number. */
    static long id(JsonNode id) {
        if (id.isIntegralNumber() && id.canConvertToLong() && isId(id.longValue())) {
            return id.longValue();
        }
        throw invalid("id", "must be a whole number from 1 to 9007199254740991");
    }

    /** Whatever is no larger is exact in every JSON. */
    static boolean isId(long id) {
        return id >= 1 && id < 1L << 53;
    }

    private static void checkState(JsonNode state) {
        mustBe(state.isObject(), "state", "must be an object");
        // The subject has one of its own.
        ((ObjectNode) state).remove("source_id");
        JsonNode gps = state.path("gps");
        mustBe(isOpen(gps) || gps.isObject(), "state.gps", "must be an object");
        JsonNode location = gps.path("location");
        mustBe(isOpen(location) || location.isObject(), "state.gps.location", "must be an object");
        checkNumber(location.path("lat"), "state.gps.location.lat", -90, 90);
        checkNumber(location.path("lng"), "state.gps.location.lng", -180, 180);
        checkNumber(gps.path("heading"), "state.gps.heading", 0, 360);
        checkWord(state, "connection_status", CONNECTION);
        checkWord(state, "movement_status", MOVEMENT);
        checkBits(state, "inputs");
        checkBits(state, "outputs");
    }

    private static void checkNumber(JsonNode number, String property, int least, int most) {
        if (!isOpen(number) && !(number.isNumber() && number.doubleValue() >= least && number.doubleValue() <= most)) {
            throw invalid(property, "must be a number from " + least + " to " + most);
        }
    }

    private static void checkWord(JsonNode state, String property, Set<String> words) {
        JsonNode word = state.path(property);
        if (!isOpen(word) && !(word.isTextual() && words.contains(word.textValue()))) {
            throw invalid(
                    "state." + property,
                    "must be one of "
                            + String.join(", ", words.stream().sorted().toList()));
        }
    }

    private static void checkBits(JsonNode state, String property) {
        JsonNode bits = state.path(property);
        if (!isOpen(bits)) {
            mustBe(bits.isArray(), "state." + property, "must be a list of true and false");
            bits.forEach(bit -> mustBe(bit.isBoolean(), "state." + property, "must be a list of true and false"));
        }
    }

    private static void checkReadings(JsonNode readings) {
        mustBe(readings.isObject(), "readings", "must be an object");
        readings.properties().forEach(property -> {
            ReadingList list = ReadingList.of(property.getKey())
                    .orElseThrow(() -> invalid(
                            "readings." + property.getKey(),
                            "is not a list of readings: these are inputs, states, virtual_sensors and counters"));
            checkList(list, property.getValue());
        });
    }

    private static void checkList(ReadingList list, JsonNode elements) {
        String place = "readings." + list.wire();
        mustBe(elements.isArray(), place, "must be a list");
        for (JsonNode element : elements) {
            mustBe(element.isObject(), place, "must be a list of objects");
            JsonNode key = element.path(list.key());
            boolean fits = list.key().equals("sensor_id")
                    ? key.isIntegralNumber()
                    : key.isTextual()
                            && !key.textValue().isBlank()
                            && key.textValue().length() <= LONGEST_KEY;
            mustBe(
                    fits,
                    place + "." + list.key(),
                    list.key().equals("sensor_id") ? "must be a whole number" : "must be text of 1 to 255 characters");
            mustBe(!element.path("value").isContainerNode(), place + ".value", "must not be a list or an object");
        }
    }

    private static void checkIot(JsonNode iot) {
        mustBe(iot.isObject() || iot.isArray(), "iot", "must be a message or a list of messages");
        mustBe(iot.isObject() || iot.size() <= MOST_MESSAGES, "iot", "must not have more than 100 messages");
        if (iot.isObject()) {
            checkMessage(iot);
        } else {
            iot.forEach(SubjectReader::checkMessage);
        }
    }

    private static void checkMessage(JsonNode message) {
        mustBe(message.isObject(), "iot", "must be a message or a list of messages");
        JsonNode values = message.path("values");
        mustBe(values.isObject(), "iot.values", "must be an object: the value of each attribute");
        values.forEach(value -> mustBe(!value.isContainerNode(), "iot.values", "must not hold lists or objects"));
        for (String time : new String[] {"msg_time", "srv_time"}) {
            JsonNode given = message.path(time);
            mustBe(isOpen(given) || given.isTextual(), "iot." + time, "must be a time as text");
        }
    }

    /** What is missing or null is nothing to check. */
    private static boolean isOpen(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static void mustBe(boolean so, String property, String what) {
        if (!so) {
            throw invalid(property, what);
        }
    }

    private static BadRequest invalid(String property, String what) {
        return BadRequest.invalid(property, property + " " + what + ".");
    }
}
