package io.continuo.gateway.atmosphere.visit;

import java.util.ArrayDeque;
import java.util.List;

/** Texts that wait for a client that does not read, so many and so long at most. Belongs to one event loop. */
final class Unsent {
    private static final int MOST = 1_000;
    private static final int MOST_CHARS = 4_194_304;

    private final ArrayDeque<String> texts = new ArrayDeque<>(2);
    private long chars;

    /** False when there is no room for it. */
    boolean add(String text) {
        if (!texts.isEmpty() && (texts.size() >= MOST || chars + text.length() > MOST_CHARS)) {
            return false;
        }
        texts.add(text);
        chars += text.length();
        return true;
    }

    /** Whether so much waits that no more should be asked for. */
    boolean isFull() {
        return texts.size() >= MOST / 2 || chars >= MOST_CHARS / 2;
    }

    /** The eldest, which waits no more; there must be one. */
    String next() {
        String text = texts.removeFirst();
        chars -= text.length();
        return text;
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    List<String> all() {
        return List.copyOf(texts);
    }

    void clear() {
        texts.clear();
        chars = 0;
    }
}
