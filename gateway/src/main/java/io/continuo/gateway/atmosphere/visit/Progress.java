package io.continuo.gateway.atmosphere.visit;

/**
 * How far a client has got, as far as it is known: only that is remembered (protocol/atmosphere.md §3.4). Belongs to one
 * event loop.
 */
final class Progress {
    private String asked = "";
    private String proven = "";
    private long texts;
    private long askedTexts;
    private long provenTexts;

    void start(String cursor) {
        proven = cursor;
    }

    /** A text was sent. */
    void sent() {
        texts++;
    }

    /** Whether something was sent of which nothing is known, and nobody has asked about anything. */
    boolean isToBeAsked() {
        return texts > askedTexts && askedTexts == provenTexts;
    }

    /**
     * Asks whether all that was sent so far has arrived; the mark is to come back.
     *
     * @param cursor up to where the client then has everything
     */
    long ask(String cursor) {
        asked = cursor;
        askedTexts = texts;
        return askedTexts;
    }

    /** @return whether the proven cursor has moved */
    boolean proven(long mark) {
        if (mark != askedTexts || provenTexts == mark) {
            return false;
        }
        provenTexts = mark;
        boolean moved = !proven.equals(asked);
        proven = asked;
        return moved;
    }

    /** What is known has lost its meaning, since the client wants something else from now on. */
    void forget() {
        proven = "";
        asked = "";
        askedTexts = texts;
        provenTexts = texts;
        texts++;
    }

    /** The proven cursor; empty for unknown. */
    String cursor() {
        return proven;
    }
}
