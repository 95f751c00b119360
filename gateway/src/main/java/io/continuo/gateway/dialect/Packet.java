package io.continuo.gateway.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A packet of a client's history without what each connection adds: counter, time and position.
 *
 * @param type as on the wire (protocol/layer.md §5.1)
 * @param body JSON in UTF-8; shared by connections, so it is to be read only
 */
@SuppressWarnings("ArrayRecordComponent") // a copy for each connection is what this is to spare
public record Packet(String type, byte[] body) {

    static Packet change(String body) {
        return new Packet("change", body.getBytes(UTF_8));
    }

    /** What 1.0 does not know (§8.5). */
    static Packet operation(String body) {
        return new Packet("operation", body.getBytes(UTF_8));
    }

    /** The body as text. */
    public String text() {
        return new String(body, UTF_8);
    }
}
