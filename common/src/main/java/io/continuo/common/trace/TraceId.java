package io.continuo.common.trace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the ids that clients give their requests; whatever has another form is not taken over. */
public final class TraceId {
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String NONE = "0".repeat(32);

    private TraceId() {}

    /**
     * @param traceparent of W3C's Trace Context, which goes first
     * @param requestId of {@code X-Request-Id}
     */
    public static Optional<String> of(@Nullable String traceparent, @Nullable String requestId) {
        if (traceparent != null) {
            Matcher parent = TRACEPARENT.matcher(traceparent);
            if (parent.matches() && !parent.group(1).equals(NONE)) {
                return Optional.of(parent.group(1));
            }
        }
        return Optional.ofNullable(requestId)
                .filter(id -> REQUEST_ID.matcher(id).matches());
    }
}
