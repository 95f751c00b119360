package io.continuo.load.wire;

import java.util.HashSet;
import java.util.Set;

/**
 * Whether one client, over all of its connections, received each change once and in order: the sequence of positions
 * is dense per client, so nothing else need be known. The client must be new to the server.
 */
public final class Continuity {
    private final Set<Long> missing = new HashSet<>();
    private long ms;
    private long seq;
    private int doubled;
    private int disordered;

    void received(long positionMs, long positionSeq) {
        if (positionSeq <= seq) {
            late(positionSeq);
            return;
        }
        for (long skipped = seq + 1; skipped < positionSeq; skipped++) {
            missing.add(skipped);
        }
        ms = positionMs;
        seq = positionSeq;
    }

    private void late(long positionSeq) {
        if (missing.remove(positionSeq)) {
            disordered++;
        } else {
            doubled++;
        }
    }

    /** The last position, from which to resume. */
    public String position() {
        return ms + "-" + seq;
    }

    /** How many changes have been received or missed. */
    public long seq() {
        return seq;
    }

    public int lost() {
        return missing.size();
    }

    public int doubled() {
        return doubled;
    }

    public int disordered() {
        return disordered;
    }
}
