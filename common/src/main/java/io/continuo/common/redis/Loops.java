package io.continuo.common.redis;

import java.util.ArrayList;
import java.util.List;

/**
 * The gateway loops that hold a connection of a client, as one field of the client hash: {@code <loop>=<token> …}. The
 * token orders a loop's attachments of this client.
 */
public final class Loops {
    /** The field's name in the client hash. */
    public static final String FIELD = "loops";

    private Loops() {}

    /** The addresses of the loops. */
    public static List<String> addresses(String field) {
        if (field.isEmpty()) {
            return List.of();
        }
        List<String> addresses = new ArrayList<>(1);
        int from = 0;
        while (from < field.length()) {
            int space = field.indexOf(' ', from);
            int to = space < 0 ? field.length() : space;
            addresses.add(field.substring(from, field.lastIndexOf('=', to - 1)));
            from = to + 1;
        }
        return addresses;
    }
}
