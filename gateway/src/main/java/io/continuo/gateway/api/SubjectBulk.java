package io.continuo.gateway.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.model.SubjectWrite;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body with writes to many subjects, read slice by slice so that no event loop is held up: a JSON array, or a JSON
 * object a line (NDJSON). An entry that cannot be understood is turned down by itself; after one that is not even JSON an
 * array cannot be read on.
 */
public final class SubjectBulk {
    private static final int SLICE = 500;
    private static final JsonFactory FACTORY = new JsonFactory();

    private final byte[] body;
    private final @Nullable JsonParser array;
    private int at;
    private int place;
    private boolean ended;

    private SubjectBulk(byte[] body, @Nullable JsonParser array) {
        this.body = body;
        this.array = array;
    }

    /** @param lines whether it was called NDJSON; otherwise its first character tells */
    public static SubjectBulk of(@Nullable Buffer body, boolean lines) {
        byte[] bytes = body == null ? new byte[0] : body.getBytes();
        return new SubjectBulk(bytes, lines || first(bytes) == '{' ? null : array(bytes));
    }

    /** The next entries; empty at the end. */
    public Slice next() {
        Slice slice = new Slice(new ArrayList<>(SLICE), new ArrayList<>(SLICE), new ArrayList<>(0));
        while (!ended && slice.size() < SLICE) {
            try {
                String entry = array == null ? line() : element(array);
                if (entry != null) {
                    read(entry, slice);
                    place++;
                }
            } catch (IOException malformed) {
                slice.rejections().add(new Reply.Rejection(place, failure("The array is not JSON from here on.")));
                place++;
                ended = true;
            }
        }
        return slice;
    }

    private void read(String entry, Slice slice) {
        try {
            JsonNode json = SubjectReader.json(entry);
            slice.writes().add(SubjectReader.entry(json));
            slice.places().add(place);
        } catch (BadRequest bad) {
            slice.rejections().add(new Reply.Rejection(place, bad.failure()));
        }
    }

    /** Null for a blank line, and at the end. */
    private @Nullable String line() {
        int end = at;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        String line = new String(body, at, end - at, StandardCharsets.UTF_8).strip();
        at = end + 1;
        ended = at >= body.length;
        return line.isEmpty() ? null : line;
    }

    private @Nullable String element(JsonParser parser) throws IOException {
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            ended = true;
            return null;
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int to = (int) parser.currentLocation().getByteOffset();
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }

    private static JsonParser array(byte[] bytes) {
        try {
            JsonParser parser = FACTORY.createParser(bytes);
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                return parser;
            }
        } catch (IOException malformed) {
            throw new BadRequest(failure("The body must be a JSON array, or a JSON object a line."));
        }
        throw new BadRequest(failure("The body must be a JSON array, or a JSON object a line."));
    }

    private static int first(byte[] bytes) {
        for (byte each : bytes) {
            if (each > ' ') {
                return each;
            }
        }
        return -1;
    }

    private static Reply.Failure failure(String message) {
        return Reply.Failure.of(ErrorCode.INVALID_REQUEST, message);
    }

    /**
     * @param places of the writes in the whole body
     * @param rejections of what cannot be understood
     */
    public record Slice(List<SubjectWrite> writes, List<Integer> places, List<Reply.Rejection> rejections) {
        public boolean isEmpty() {
            return size() == 0;
        }

        int size() {
            return writes.size() + rejections.size();
        }
    }
}
