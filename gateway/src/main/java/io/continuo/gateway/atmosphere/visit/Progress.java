package io.continuo.gateway.atmosphere.visit;

/**
 * How far a client has got: the cursor of what was sent to it, and of what is known to have arrived. Only the latter is
 * remembered (protocol/atmosphere.md §3.4). Belongs to one event loop.
 */
final class Progress {
    private String sent = "";
    private String asked = "";
    private String proven = "";
    private long texts;
    private long askedTexts;
    private long provenTexts;

    void start(String cursor) {
        sent = cursor;
        asked = cursor;
        proven = cursor;
    }

    void sent(String cursor) {
        sent = cursor;
        texts++;
    }

    /** Whether something was sent of which nothing is known, and about which nobody has asked. */
    boolean isToBeAsked() {
        return texts > askedTexts && askedTexts == provenTexts;
    }

    /** Asks about all that was sent so far; the mark is to come back. */
    long ask() {
        asked = sent;
        askedTexts = texts;
        return askedTexts;
    }

    /** @return whether the proven cursor has moved */
    boolean proven(long mark) {
        if (mark != askedTexts || provenTexts == mark) {
            return false;
        }
        provenTexts = mark;
        return moveTo(asked);
    }

    /** All that was sent has arrived. */
    boolean allProven() {
        ask();
        provenTexts = askedTexts;
        return moveTo(sent);
    }

    /** The proven cursor. */
    String cursor() {
        return proven;
    }

    private boolean moveTo(String cursor) {
        boolean moved = !proven.equals(cursor);
        proven = cursor;
        return moved;
    }
}
