package io.continuo.gateway.subject;

import io.continuo.gateway.subject.Interest.Kind;

/** One subject of one subscription, and up to which version it was told of each kind of it. */
final class Seat {
    /** What a client was told that knows nothing of it; one that was told up to 0 may know what is gone by now. */
    static final long NOTHING = -1;

    private static final int KINDS = Kind.values().length;

    private final View view;
    private final long[] delivered = new long[KINDS];
    private int kinds;
    private long told;
    private boolean open;

    Seat(View view) {
        this.view = view;
    }

    View view() {
        return view;
    }

    long id() {
        return view.id().id();
    }

    void take(Kind kind, long deliveredSoFar) {
        kinds |= 1 << kind.place();
        delivered[kind.place()] = deliveredSoFar;
    }

    void leave(Kind kind) {
        kinds &= ~(1 << kind.place());
    }

    boolean has(Kind kind) {
        return (kinds & 1 << kind.place()) != 0;
    }

    boolean isEmpty() {
        return kinds == 0;
    }

    boolean hasLifecycle() {
        for (Kind kind : Kind.values()) {
            if (kind.hasLifecycle() && has(kind)) {
                return true;
            }
        }
        return false;
    }

    /** The version up to which it was told. */
    long delivered(Kind kind) {
        return delivered[kind.place()];
    }

    void delivered(Kind kind, long version) {
        delivered[kind.place()] = version;
    }

    /** Whether there is something that was not told, and may be. */
    boolean isBehind(Kind kind) {
        return open && has(kind) && view.version(kind) > Math.max(0, delivered(kind));
    }

    /** The version up to which its lifecycle was told. */
    long told() {
        return told;
    }

    void told(long version) {
        told = version;
    }

    /** Whether its values may be told: it is not blocked. */
    boolean isOpen() {
        return open;
    }

    void open(boolean now) {
        open = now;
    }
}
