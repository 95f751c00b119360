package io.continuo.chaos.log;

import io.continuo.chaos.log.Line.Acknowledged;
import io.continuo.chaos.log.Line.Closed;
import io.continuo.chaos.log.Line.ConversationUpdated;
import io.continuo.chaos.log.Line.Left;
import io.continuo.chaos.log.Line.MessageCreated;
import io.continuo.chaos.log.Line.Opened;
import io.continuo.chaos.log.Line.Other;
import io.continuo.chaos.log.Line.OtherChange;
import io.continuo.chaos.log.Line.Presence;
import io.continuo.chaos.log.Line.Refused;
import io.continuo.chaos.log.Line.Rest;
import io.continuo.chaos.log.Line.Restarted;
import io.continuo.chaos.log.Line.Resumed;
import io.continuo.chaos.log.Line.Sent;
import io.continuo.chaos.log.Line.Tail;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines as text and back. */
final class LineText {
    private LineText() {}

    static String of(long ms, Line line) {
        return switch (line) {
            case Opened opened -> join(ms, "opened", opened.since(), opened.server());
            case Closed closed -> join(ms, "closed", closed.code(), closed.reason());
            case Sent sent -> join(ms, "sent", sent.conversation(), sent.message(), sent.attempt());
            case Acknowledged known -> join(ms, "acknowledged", known.conversation(), known.message());
            case Refused refused -> join(ms, "refused", refused.message(), refused.error());
            case Restarted restarted -> join(ms, "restarted", restarted.position());
            case Left ignored -> join(ms, "left");
            case Rest rest ->
                join(ms, "rest", rest.conversation(), rest.unread(), rest.last(), String.join(",", rest.messages()));
            case Tail tail -> join(ms, "tail", tail.position());
            case MessageCreated created ->
                join(ms, "message", created.counter(), created.at(), created.conversation(), created.message());
            case ConversationUpdated updated ->
                join(
                        ms,
                        "conversation",
                        updated.counter(),
                        updated.at(),
                        updated.conversation(),
                        updated.last(),
                        updated.unread());
            case OtherChange change -> join(ms, "change", change.counter(), change.at(), change.what());
            case Presence presence -> join(ms, "presence", presence.counter(), presence.user(), presence.status());
            case Resumed resumed ->
                join(ms, "resumed", resumed.counter(), resumed.verdict(), resumed.from(), resumed.to());
            case Other other -> join(ms, "other", other.counter(), other.what());
        };
    }

    /** @throws IllegalArgumentException when this is no line of a log */
    static Entry parse(String text) {
        String[] field = text.split("\t", -1);
        try {
            return new Entry(Long.parseLong(field[0]), line(field));
        } catch (IndexOutOfBoundsException | NumberFormatException malformed) {
            throw new IllegalArgumentException("No line of a log: " + text, malformed);
        }
    }

    private static Line line(String[] field) {
        return switch (field[1]) {
            case "opened" -> new Opened(field[2], field[3]);
            case "closed" -> new Closed(Integer.parseInt(field[2]), field[3]);
            case "sent" -> new Sent(field[2], field[3], Integer.parseInt(field[4]));
            case "acknowledged" -> new Acknowledged(field[2], field[3]);
            case "refused" -> new Refused(field[2], field[3]);
            case "restarted" -> new Restarted(field[2]);
            case "left" -> new Left();
            case "rest" -> new Rest(field[2], Long.parseLong(field[3]), field[4], list(field[5]));
            case "tail" -> new Tail(field[2]);
            case "message" -> new MessageCreated(Long.parseLong(field[2]), field[3], field[4], field[5]);
            case "conversation" ->
                new ConversationUpdated(Long.parseLong(field[2]), field[3], field[4], field[5], field[6]);
            case "change" -> new OtherChange(Long.parseLong(field[2]), field[3], field[4]);
            case "presence" -> new Presence(Long.parseLong(field[2]), field[3], field[4]);
            case "resumed" -> new Resumed(Long.parseLong(field[2]), field[3], field[4], field[5]);
            case "other" -> new Other(Long.parseLong(field[2]), field[3]);
            default -> throw new IllegalArgumentException("No word of a log: " + field[1]);
        };
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(","));
    }

    private static String join(Object... fields) {
        return Stream.of(fields)
                .map(field -> field.toString().replaceAll("[\\t\\r\\n]+", " "))
                .collect(Collectors.joining("\t"));
    }
}
