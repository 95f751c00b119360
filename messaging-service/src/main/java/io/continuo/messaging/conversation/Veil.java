package io.continuo.messaging.conversation;

import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

/**
 * What a user does not see of a conversation though others do, as {@code veils.lua} keeps it.
 *
 * @param upTo position up to which they see nothing
 * @param below messages that are left there
 * @param hidden messages after it that are out of their sight one by one
 * @param away they do not see the conversation itself
 */
public record Veil(long upTo, int below, int hidden, boolean away) {
    static final Veil NONE = new Veil(0, 0, 0, false);

    static Veil of(@Nullable Response text) {
        if (text == null) {
            return NONE;
        }
        String[] fields = text.toString().split(" ", 4);
        return new Veil(
                Long.parseLong(fields[0]),
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                fields[3].equals("1"));
    }

    /** Messages of the conversation that the user does not see. */
    int fewer() {
        return below + hidden;
    }
}
