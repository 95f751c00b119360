package io.continuo.gateway.socket.feed;

/** How many events of the history to read at once: what a socket cannot take is read in vain. */
final class PageSize {
    private static final int SMALLEST = 10;
    private static final int LARGEST = 200;

    private int events = LARGEST / 2;

    int events() {
        return events;
    }

    /** The socket was full when so many of a page were written. */
    void tooLarge(int written) {
        events = Math.clamp(2L * written, SMALLEST, LARGEST);
    }

    /** All of a page was written. */
    void wellWritten() {
        events = Math.min(2 * events, LARGEST);
    }
}
