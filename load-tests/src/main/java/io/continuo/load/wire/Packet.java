package io.continuo.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * What one packet of the server says (protocol/layer.md §5.1), found by looking for marks in its bytes. One object is
 * used again for each packet of a socket; what it says is good until the next {@link #scan}.
 */
public final class Packet {
    /** Stands before a {@link #mark} in a message's text, and nowhere else in a packet. */
    public static final char MARK = '~';

    /** Hexadecimal digits after {@link #MARK}. */
    public static final int MARK_DIGITS = 16;

    /** What {@link #mark} is in a packet that has none. */
    public static final long UNMARKED = -1;

    private static final byte[] TYPE = bytes("{\"type\":\"");
    private static final byte[] COUNTER = bytes("\"counter\":");
    private static final byte[] POSITION = bytes("\"position\":\"");
    private static final byte[] FAILED = bytes("\"success\":false");

    /** What {@code type} says. */
    public enum Kind {
        CHANGE,
        RESPONSE,
        OPERATION,
        SIGNAL
    }

    private ByteBuf frame = Unpooled.EMPTY_BUFFER;
    private int start;
    private int end;
    private Kind kind = Kind.SIGNAL;
    private long counter;
    private long positionMs;
    private long positionSeq;

    /** @throws IllegalStateException when this is no packet that we know */
    void scan(ByteBuf bytes, int from, int length) {
        frame = bytes;
        start = from;
        end = from + length;
        kind = readKind();
        counter = number(after(COUNTER, true));
        int at = kind == Kind.CHANGE ? after(POSITION, false) : -1;
        positionMs = at < 0 ? 0 : number(at);
        positionSeq = at < 0 ? 0 : number(bytes.indexOf(at, end, (byte) '-') + 1);
    }

    public Kind kind() {
        return kind;
    }

    public long counter() {
        return counter;
    }

    /** Whether this is a change that the history keeps: presence is none. */
    public boolean hasPosition() {
        return positionSeq > 0;
    }

    /** The milliseconds of a change's position. */
    public long positionMs() {
        return positionMs;
    }

    /** The dense part of a change's position. */
    public long positionSeq() {
        return positionSeq;
    }

    /** How many bytes the packet has. */
    public int length() {
        return end - start;
    }

    /** The number that the text of a message carries, or {@link #UNMARKED}. */
    public long mark() {
        int at = frame.indexOf(start, end, (byte) MARK);
        if (at < 0) {
            return UNMARKED;
        }
        long mark = 0;
        for (int i = at + 1; i <= at + MARK_DIGITS; i++) {
            mark = mark << 4 | Character.digit(frame.getByte(i), 16);
        }
        return mark;
    }

    /** Whether this is the response to a request that was refused. */
    public boolean failed() {
        return kind == Kind.RESPONSE && after(FAILED, false) >= 0;
    }

    /** The whole packet. Dear: only for what happens rarely. */
    public String text() {
        return frame.toString(start, end - start, StandardCharsets.UTF_8);
    }

    private Kind readKind() {
        if (end - start < 20 || !matches(TYPE, start)) {
            throw new IllegalStateException("No packet: " + text());
        }
        return switch (frame.getByte(start + TYPE.length)) {
            case 'c' -> Kind.CHANGE;
            case 'r' -> Kind.RESPONSE;
            case 'o' -> Kind.OPERATION;
            case 's' -> Kind.SIGNAL;
            default -> throw new IllegalStateException("A packet of unknown type: " + text());
        };
    }

    private int after(byte[] needle, boolean needed) {
        for (int at = start; at <= end - needle.length; at++) {
            if (frame.getByte(at + 1) == needle[1] && matches(needle, at)) {
                return at + needle.length;
            }
        }
        if (needed) {
            throw new IllegalStateException(new String(needle, StandardCharsets.UTF_8) + " is missing in " + text());
        }
        return -1;
    }

    private boolean matches(byte[] needle, int at) {
        for (int i = 0; i < needle.length; i++) {
            if (frame.getByte(at + i) != needle[i]) {
                return false;
            }
        }
        return true;
    }

    private long number(int from) {
        long number = 0;
        for (int at = from; at < end; at++) {
            int digit = frame.getByte(at) - '0';
            if (digit < 0 || digit > 9) {
                return number;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
