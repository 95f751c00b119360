package io.continuo.gateway.balance;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;

/**
 * How many connections a gateway is to hand over now, when others have fewer. Only the rule, to be asked once a second.
 * It begins when it has seen a difference of a tenth for a while, and ends well before it would be the one with fewer, so
 * that two gateways never hand the same clients to and fro. Where what it hands over comes back, since the balancer does
 * not look at how many connections there are, it gives up for a while. Belongs to one thread.
 */
final class Balance {
    /** A difference that matters, and what is left of it in the end, as shares of the mean. */
    private static final double MUCH = 0.10;

    private static final double LITTLE = 0.02;
    /** Of a handful of connections nobody notices where they are. */
    private static final int FEW = 5;
    /** So long (s) a difference has to last: a new gateway has to be known to the balancer first. */
    private static final int SEEN = 5;
    /** So long (s) clients take to come back, with pauses between attempts. */
    private static final int ON_THE_WAY = 15;
    /** After so many moves it must show that they help. */
    private static final int TRIAL = 50;
    /** So long (s) it rests when they do not. */
    private static final int REST = 600;

    private final int perSecond;
    private final Deque<Integer> totals = new ArrayDeque<>();
    private int seen;
    private boolean moving;
    private int ownAtStart;
    private int leastAtStart;
    private int moved;
    private int rest;

    /** @param perSecond so many are handed over in a second at most; 0 for none at all */
    Balance(int perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * How many to hand over now.
     *
     * @param own connections of this gateway
     * @param others those of each other gateway that takes new ones
     */
    int next(int own, Collection<Integer> others) {
        if (rest > 0) {
            rest--;
            return 0;
        }
        if (others.isEmpty() || perSecond == 0) {
            moving = false;
            seen = 0;
            totals.clear();
            return 0;
        }
        double mean = total(own + others.stream().mapToInt(Integer::intValue).sum()) / (others.size() + 1.0);
        int least = Collections.min(others);
        return moving ? goOn(own, mean, least) : consider(own, mean, least);
    }

    /** With those who are on their way from one to another, and so nowhere at this moment. */
    private int total(int now) {
        totals.addLast(now);
        if (totals.size() > ON_THE_WAY) {
            totals.removeFirst();
        }
        return Collections.max(totals);
    }

    /** Whether it has found that handing over does not help here. */
    boolean rests() {
        return rest > 0;
    }

    private int consider(int own, double mean, int least) {
        boolean much = own > mean && own - least > Math.max(FEW, MUCH * mean);
        seen = much ? seen + 1 : 0;
        if (seen < SEEN) {
            return 0;
        }
        moving = true;
        ownAtStart = own;
        leastAtStart = least;
        moved = 0;
        return goOn(own, mean, least);
    }

    private int goOn(int own, double mean, int least) {
        int tooMany = own - (int) Math.ceil(mean);
        if (tooMany <= 0 || own - least <= LITTLE * mean) {
            moving = false;
            seen = 0;
            return 0;
        }
        if (moved >= TRIAL && ownAtStart - own < moved / 4 && least - leastAtStart < moved / 4) {
            moving = false;
            seen = 0;
            rest = REST;
            return 0;
        }
        int now = Math.min(tooMany, perSecond);
        moved += now;
        return now;
    }
}
