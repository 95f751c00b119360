package io.continuo.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Gateways that follow the rule, with news that are a second old, and clients that take a while to come back. */
class BalancePropertyTest {
    private static final int PER_SECOND = 50;

    @Property(tries = 300)
    void evensOutAndThenLeavesEverybodyWhereTheyAre(
            @ForAll @Size(min = 2, max = 4) List<@IntRange(max = 3_000) Integer> counts, @ForAll long seed) {
        Cluster cluster = new Cluster(counts, seed, Balancer.LEAST);
        cluster.run(300);
        assertThat(cluster.spread()).isLessThanOrEqualTo(cluster.tolerated());
        int moved = cluster.moved;
        assertThat(moved)
                .as("no more than needed")
                .isLessThanOrEqualTo((int) (1.15 * cluster.excess(counts)) + 2 * counts.size());
        cluster.run(300);
        assertThat(cluster.moved).as("no more afterwards").isEqualTo(moved);
    }

    @Property(tries = 50)
    void evensOutAlsoWhereTheBalancerJustTakesTurns(
            @ForAll @Size(min = 2, max = 4) List<@IntRange(max = 2_000) Integer> counts, @ForAll long seed) {
        Cluster cluster = new Cluster(counts, seed, Balancer.ANY);
        cluster.run(600);
        assertThat(cluster.spread()).isLessThanOrEqualTo(1.5 * cluster.tolerated());
    }

    @Property(tries = 50)
    void staysEvenWhenOneLeaves(@ForAll @IntRange(min = 20, max = 2_000) int each, @ForAll long seed) {
        Cluster cluster = new Cluster(List.of(each, each, each, each), seed, Balancer.LEAST);
        cluster.leave(2);
        cluster.run(300);
        assertThat(cluster.spread()).isLessThanOrEqualTo(cluster.tolerated());
        assertThat(cluster.moved).isZero();
    }

    @Test
    void givesUpForAWhileWhereEverybodyComesBack() {
        Cluster cluster = new Cluster(List.of(1_000, 0), 7, Balancer.STICKY);
        cluster.run(300);
        assertThat(cluster.moved).isLessThanOrEqualTo(10 * PER_SECOND);
        assertThat(cluster.rules.getFirst().rests()).isTrue();
    }

    @Test
    void movesNobodyWhenItIsSwitchedOffOrAlone() {
        Balance off = new Balance(0);
        Balance alone = new Balance(10);
        for (int second = 0; second < 20; second++) {
            assertThat(off.next(1_000, List.of(0))).isZero();
            assertThat(alone.next(1_000, List.of())).isZero();
        }
    }

    @Test
    void waitsUntilANewGatewayIsKnownAndKeepsToItsRate() {
        Balance balance = new Balance(10);
        for (int second = 0; second < 4; second++) {
            assertThat(balance.next(1_000, List.of(0))).isZero();
        }
        assertThat(balance.next(1_000, List.of(0))).isEqualTo(10);
        assertThat(balance.next(503, List.of(497))).isZero();
    }

    private enum Balancer {
        LEAST,
        ANY,
        STICKY
    }

    private static final class Cluster {
        private final int[] counts;
        private final List<Balance> rules;
        private final Balancer balancer;
        private final Random random;
        /** For each second from now on: from where those come back who are on their way. */
        private final List<List<Integer>> coming = new ArrayList<>(List.of(List.of(), List.of()));

        private final boolean[] gone;
        private int moved;

        Cluster(List<Integer> counts, long seed, Balancer balancer) {
            this.counts = counts.stream().mapToInt(Integer::intValue).toArray();
            rules = counts.stream().map(count -> new Balance(PER_SECOND)).toList();
            gone = new boolean[counts.size()];
            random = new Random(seed);
            this.balancer = balancer;
        }

        void run(int seconds) {
            for (int second = 0; second < seconds; second++) {
                int[] told = counts.clone();
                coming.add(new ArrayList<>());
                for (int i = 0; i < counts.length; i++) {
                    if (!gone[i]) {
                        int count = rules.get(i).next(counts[i], othersOf(i, told));
                        counts[i] -= count;
                        moved += count;
                        send(i, count);
                    }
                }
                coming.removeFirst().forEach(this::arrive);
            }
            // So long nobody moves, for those on their way to arrive.
            while (!coming.stream().allMatch(List::isEmpty)) {
                coming.removeFirst().forEach(this::arrive);
                coming.add(List.of());
            }
            while (coming.size() < 2) {
                coming.add(List.of());
            }
        }

        private void send(int from, int count) {
            for (int k = 0; k < count; k++) {
                int late = 1 + random.nextInt(2);
                List<Integer> then = new ArrayList<>(coming.get(late));
                then.add(from);
                coming.set(late, then);
            }
        }

        private void arrive(int from) {
            counts[
                    switch (balancer) {
                        case LEAST -> least();
                        case ANY -> random.nextInt(counts.length);
                        case STICKY -> from;
                    }]++;
        }

        void leave(int i) {
            gone[i] = true;
            int clients = counts[i];
            counts[i] = 0;
            IntStream.range(0, clients).forEach(client -> counts[least()]++);
        }

        private int least() {
            return IntStream.range(0, counts.length)
                    .filter(i -> !gone[i])
                    .boxed()
                    .min((a, b) -> Integer.compare(counts[a], counts[b]))
                    .orElseThrow();
        }

        private List<Integer> othersOf(int i, int[] told) {
            return IntStream.range(0, told.length)
                    .filter(other -> other != i && !gone[other])
                    .mapToObj(other -> told[other])
                    .toList();
        }

        private List<Integer> living() {
            return IntStream.range(0, counts.length)
                    .filter(i -> !gone[i])
                    .mapToObj(i -> counts[i])
                    .toList();
        }

        double spread() {
            return (double) Collections.max(living()) - Collections.min(living());
        }

        double tolerated() {
            return Math.max(5, 0.10 * Arrays.stream(counts).sum() / living().size());
        }

        int excess(List<Integer> before) {
            double mean = before.stream().mapToInt(Integer::intValue).sum() / (double) before.size();
            return before.stream()
                    .mapToInt(count -> (int) Math.max(0, Math.ceil(count - mean)))
                    .sum();
        }
    }
}
