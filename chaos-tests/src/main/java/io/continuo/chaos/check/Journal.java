package io.continuo.chaos.check;

import io.continuo.chaos.log.ClientLog;
import io.continuo.chaos.log.Entry;
import io.continuo.chaos.log.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** One client's log, and what it is asked for most. */
final class Journal {
    private final String name;
    private final String user;
    private final List<Entry> entries;
    private final Map<String, Set<String>> messages = new LinkedHashMap<>();
    private final Map<String, Line.Rest> rest = new LinkedHashMap<>();
    private long lostAtMs = -1;
    private long restartedAtMs = -1;
    private boolean left;

    private Journal(String name, String user, List<Entry> entries) {
        this.name = name;
        this.user = user;
        this.entries = entries;
        entries.forEach(this::take);
    }

    static Journal read(Path file) throws IOException {
        return new Journal(String.valueOf(file.getFileName()), ClientLog.user(file), ClientLog.read(file));
    }

    private void take(Entry entry) {
        switch (entry.line()) {
            case Line.MessageCreated created ->
                messages.computeIfAbsent(created.conversation(), first -> new LinkedHashSet<>())
                        .add(created.message());
            case Line.Rest answer -> rest.put(answer.conversation(), answer);
            case Line.Resumed resumed -> lostAtMs = resumed.verdict().equals("lost") ? entry.ms() : lostAtMs;
            case Line.Restarted restarted -> restartedAtMs = entry.ms();
            case Line.Left gone -> left = true;
            case Line.Opened opened -> {}
            case Line.Closed closed -> {}
            case Line.Sent sent -> {}
            case Line.Acknowledged acknowledged -> {}
            case Line.Refused refused -> {}
            case Line.ConversationUpdated updated -> {}
            case Line.OtherChange change -> {}
            case Line.Presence presence -> {}
            case Line.Other other -> {}
            case Line.Tail tail -> {}
        }
    }

    String name() {
        return name;
    }

    String user() {
        return user;
    }

    List<Entry> entries() {
        return entries;
    }

    /** The lines of a kind, with their times. */
    <T extends Line> Stream<Timed<T>> all(Class<T> kind) {
        return entries.stream()
                .filter(entry -> kind.isInstance(entry.line()))
                .map(entry -> new Timed<>(entry.ms(), kind.cast(entry.line())));
    }

    /** A line whose kind is known. */
    record Timed<T extends Line>(long ms, T line) {}

    /** The messages of a conversation that have come, in the order in which they came first. */
    List<String> messages(String conversation) {
        return new ArrayList<>(messages.getOrDefault(conversation, Set.of()));
    }

    boolean has(String conversation, String message) {
        return messages.getOrDefault(conversation, Set.of()).contains(message);
    }

    /** What REST said at the end of each conversation; empty when it was not asked. */
    Map<String, Line.Rest> rest() {
        return rest;
    }

    /** Whether it was told, at {@code ms} or later, that the server has lost something. */
    boolean wasToldOfLossSince(long ms) {
        return lostAtMs >= ms;
    }

    /** Whether the client has begun anew, at {@code ms} or later, with what REST says. */
    boolean restartedSince(long ms) {
        return restartedAtMs >= ms;
    }

    boolean restarted() {
        return restartedAtMs >= 0;
    }

    /** Whether nothing more is expected of this client. */
    boolean left() {
        return left;
    }
}
