package io.continuo.gateway.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.model.SubjectWrite;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
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
                if (array == null) {
                    line(slice);
                } else {
                    element(array, slice);
                }
            } catch (IOException malformed) {
                slice.rejections().add(new Reply.Rejection(place, failure("The array is not JSON from here on.")));
                place++;
                ended = true;
            }
        }
        return slice;
    }

    private void read(int from, int to, Slice slice) {
        try {
            slice.writes().add(SubjectReader.entry(SubjectReader.json(body, from, to - from)));
            slice.places().add(place);
        } catch (BadRequest bad) {
            slice.rejections().add(new Reply.Rejection(place, bad.failure()));
        }
        place++;
    }

    /** Skips a line that is blank. */
    private void line(Slice slice) {
        int from = at;
        int end = at;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        at = end + 1;
        ended = at >= body.length;
        while (from < end && isBlank(body[from])) {
            from++;
        }
        while (from < end && isBlank(body[end - 1])) {
            end--;
        }
        if (from < end) {
            read(from, end, slice);
        }
    }

    private void element(JsonParser parser, Slice slice) throws IOException {
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            ended = true;
            return;
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        read(from, (int) parser.currentLocation().getByteOffset(), slice);
    }

    private static boolean isBlank(byte character) {
        return character >= 0 && character <= ' ';
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
