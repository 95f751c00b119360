package io.continuo.chaos.fault;

import io.continuo.chaos.log.Course;
import io.continuo.chaos.place.Cluster;
import io.continuo.chaos.place.Member;
import io.continuo.chaos.talk.Crowd;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Where a scenario plays: a cluster, and people who talk.
 *
 * @param random decides on whom and when, so that the same seed does the same again
 */
public record Stage(Cluster cluster, Crowd crowd, Random random, Course.Writer course) {
    /** How soon followers hear that somebody's gateway died. */
    private static final long GHOST_MS = 10_000;

    private static final int MOST_GHOSTS = 3;

    /** One of a role, at random. */
    Member any(Member.Role role) {
        List<Member> all = cluster.all(role);
        return all.get(random.nextInt(all.size()));
    }

    /** Some of a gateway's people do not come back when it fails now: others are to hear that they are gone. */
    void haunt(Member victim) {
        if (crowd.haunt(victim.name(), MOST_GHOSTS, GHOST_MS) == 0) {
            note("nobody on " + victim + " whom others would miss");
        }
    }

    /** Lets people talk, for a random while. */
    void pause(int leastMs, int mostMs) {
        pause(Duration.ofMillis(leastMs + random.nextInt(mostMs - leastMs + 1)));
    }

    /** Lets people talk. */
    void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Writes down what is done now. */
    void note(String what) {
        course.fault(what);
    }
}
