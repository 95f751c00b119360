package io.continuo.gateway.socket.frame;

/**
 * Every reason for which we close a socket. Below 4000 the codes are those of RFC 6455 §7.4; clients reconnect after any
 * of them, and after {@link #SESSION_ENDED} only with a new session (protocol/layer.md §4.4).
 */
public enum CloseCode {
    /** The client has said that it goes. */
    LEFT(1000, "goodbye"),
    /** The client does not answer pings. */
    SILENT(1001, "no sign of life"),
    /** The frames break the WebSocket protocol. */
    PROTOCOL_ERROR(1002, "protocol error"),
    /** A text message is not UTF-8. */
    INVALID_TEXT(1007, "text must be UTF-8"),
    TOO_LARGE(1009, "message too large"),
    /** A fault of ours. */
    INTERNAL(1011, "internal error"),
    /** This node goes away; another one is there. */
    RESTART(1012, "restart"),
    /** Another gateway has fewer clients. */
    REBALANCE(1012, "rebalance"),
    /** The client does not read what it is sent. */
    OVERLOADED(1013, "not reading"),
    /** The client sends nothing but what cannot be understood. */
    ABUSE(4400, "too many malformed packets"),
    /** The session was ended or has expired. */
    SESSION_ENDED(4401, "session ended"),
    /** The app has suspended the user. */
    USER_SUSPENDED(4403, "user suspended"),
    /** The client has another connection under the same tracking id (protocol/atmosphere.md §3.3). */
    REPLACED(4409, "came back by another connection");

    private final short code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = (short) code;
        this.reason = reason;
    }

    public short code() {
        return code;
    }

    public String reason() {
        return reason;
    }
}
