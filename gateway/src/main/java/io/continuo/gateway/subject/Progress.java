package io.continuo.gateway.subject;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Up to where a subscription has told everything: what its {@link Cursor} is made of. */
final class Progress {
    private static final int MOST_AHEAD = 64;

    private final SubjectFeed feed;
    /** Whose newest change was not long ago, the oldest first. */
    private final Set<Seat> recent = new LinkedHashSet<>();

    private long watermark;
    private long sweeps;

    Progress(SubjectFeed feed) {
        this.feed = feed;
    }

    /**
     * There are more views, in which nothing is missing that has a version below {@code time}.
     *
     * @param first whether there were none before
     */
    void begin(long time, boolean first) {
        watermark = first ? time : Math.min(complete(), time);
        sweeps = feed.sweeps();
    }

    /** The seat's subject has changed. */
    void changed(Seat seat) {
        recent.remove(seat);
        recent.add(seat);
        if (recent.size() > MOST_AHEAD) {
            recent.remove(recent.iterator().next());
        }
    }

    /**
     * What has been told, while some of it still waits in {@code flows}.
     *
     * @param untold the lowest version of a lifecycle that waits; {@link Long#MAX_VALUE} for none
     */
    Cursor cursor(Collection<Flow> flows, long untold) {
        long told = Math.min(complete(), untold);
        for (Flow flow : flows) {
            told = Math.min(told, flow.oldest());
        }
        long mark = told;
        recent.removeIf(seat -> seat.view().version() < mark);
        Map<Long, Long> ahead = new HashMap<>();
        for (Seat seat : recent) {
            if (untold == Long.MAX_VALUE && flows.stream().noneMatch(flow -> flow.isWaiting(seat))) {
                ahead.put(seat.id(), seat.view().version());
            }
        }
        return new Cursor(mark, ahead);
    }

    /** Nothing that has a lower version is missing in the views. */
    private long complete() {
        return Math.max(watermark, feed.watermark(sweeps));
    }
}
