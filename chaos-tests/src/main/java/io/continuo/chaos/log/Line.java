package io.continuo.chaos.log;

import java.util.List;
import java.util.Optional;

/**
 * One thing that a client saw or did. As text it is its word and its fields, separated by tabs, after the milliseconds
 * since the epoch at which it happened.
 */
public sealed interface Line {
    /** Stands for what is not there. */
    String NONE = "-";

    /** Something that came on the open socket, with the counter of its packet. */
    sealed interface Packet extends Line {
        long counter();

        /** Where it stands in the history, if it does. */
        default Optional<String> position() {
            return Optional.empty();
        }
    }

    /** A change that is in the history. */
    sealed interface Change extends Packet {
        /** {@code <milliseconds>-<sequence>}. */
        String at();

        @Override
        default Optional<String> position() {
            return Optional.of(at());
        }
    }

    /** A socket opened, to go on after {@code since}, on a server that the balancer chose. */
    record Opened(String since, String server) implements Line {}

    /** The socket ended, by whomever. */
    record Closed(int code, String reason) implements Line {}

    /** A message was sent, for the {@code attempt}th time. */
    record Sent(String conversation, String message, int attempt) implements Line {}

    /** The server has promised that this message is stored. */
    record Acknowledged(String conversation, String message) implements Line {}

    /** The server has refused this message for good. */
    record Refused(String message, String error) implements Line {}

    /** After a verdict of {@code lost} the client has loaded everything anew and goes on from here. */
    record Restarted(String position) implements Line {}

    /** The client has gone for good, on purpose: nothing more is expected of it. */
    record Left() implements Line {}

    /**
     * What REST answered at the end.
     *
     * @param last the conversation's last message
     * @param messages of the conversation, oldest first
     */
    record Rest(String conversation, long unread, String last, List<String> messages) implements Line {}

    /** Where the user's history ended when REST was asked at the end. */
    record Tail(String position) implements Line {}

    /** A message was created. */
    record MessageCreated(long counter, String at, String conversation, String message) implements Change {}

    /** A conversation's last message and unread count; {@link #NONE} for what has not changed. */
    record ConversationUpdated(long counter, String at, String conversation, String last, String unread)
            implements Change {}

    /** Any other change. */
    record OtherChange(long counter, String at, String what) implements Change {}

    /** How somebody is who is followed. */
    record Presence(long counter, String user, String status) implements Packet {}

    /** What the client was told of what it has got since it was away. */
    record Resumed(long counter, String verdict, String from, String to) implements Packet {}

    /** A response or a signal. */
    record Other(long counter, String what) implements Packet {}
}
