package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.redis.EmbeddedRedis;
import io.continuo.redis.Ports;
import io.continuo.standalone.client.Steady;
import io.continuo.standalone.process.ContinuoProcess;
import io.continuo.standalone.process.LeastConnections;
import io.continuo.standalone.process.Metrics;
import io.continuo.standalone.process.Processes;
import io.continuo.standalone.process.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gateway joins others behind a balancer and takes its share of their clients, and one of them goes. */
class ComingAndGoingIT {
    private static final int PER_SECOND = 15;
    private static final int DELAY_SECONDS = 1;
    private static final int TALKERS = 4;
    private static final int PEOPLE = 60;
    /** All that clients see of it. */
    private static final int SERVICE_RESTART = 1012;

    @Test
    void nobodyNoticesThatGatewaysComeAndGo() throws Exception {
        List<Steady> people = new ArrayList<>();
        try (EmbeddedRedis redis = EmbeddedRedis.temporary();
                Processes cluster = new Processes(
                        redis.uri(),
                        Map.of(
                                "CONTINUO_DRAIN_DELAY_SECONDS", Integer.toString(DELAY_SECONDS),
                                "CONTINUO_DRAIN_PER_SECOND", Integer.toString(PER_SECOND),
                                "CONTINUO_DRAIN_SECONDS", "8",
                                "CONTINUO_MOVES_PER_SECOND", Integer.toString(PER_SECOND)));
                LeastConnections balancer = new LeastConnections()) {
            cluster.startMessaging();
            cluster.startPresence();
            List<Integer> admins = List.of(Ports.free(), Ports.free(), Ports.free());
            ContinuoProcess first = cluster.startGateway(admins.get(0));
            ContinuoProcess second = cluster.startGateway(admins.get(1));
            balancer.add(first.url());
            balancer.add(second.url());
            await().until(() -> balancer.healthy() == 2);
            try (Talk talk = new Talk("coming", TALKERS, balancer::url)) {
                for (int i = 0; i < PEOPLE; i++) {
                    people.add(new Steady("quiet" + i, balancer::url));
                }
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> people.stream().allMatch(Steady::isConnected));

                balancer.add(cluster.startGateway(admins.get(2)).url());
                await().atMost(Duration.ofSeconds(40))
                        .untilAsserted(() -> assertThat(sockets(admins)).matches(ComingAndGoingIT::isEven, "even"));
                long moved = moved(people);
                assertThat(moved).as("no more than need be").isLessThanOrEqualTo((PEOPLE + TALKERS) / 3 + 1);
                await().during(Duration.ofSeconds(3))
                        .atMost(Duration.ofSeconds(4))
                        .until(() -> moved(people) == moved && isEven(sockets(admins)));

                int here = sockets(admins).getFirst();
                long asked = System.nanoTime();
                assertThat(first.stop()).isZero();
                assertThat(Duration.ofNanos(System.nanoTime() - asked))
                        .as("the pace at which %d clients go", here)
                        .isGreaterThan(
                                Duration.ofMillis(1_000 * DELAY_SECONDS + 1_000L * (here - TALKERS - 1) / PER_SECOND));
                await().until(() -> people.stream().allMatch(Steady::isConnected));
                talk.goOn(5);
                talk.verify();
                people.forEach(person -> {
                    assertThat(person.faults()).isEmpty();
                    assertThat(person.codes()).hasSizeLessThanOrEqualTo(2).allMatch(code -> code == SERVICE_RESTART);
                });
            } finally {
                people.forEach(Steady::close);
            }
        }
    }

    /** How many each gateway says that it has. */
    private static List<Integer> sockets(List<Integer> admins) throws Exception {
        List<Integer> sockets = new ArrayList<>();
        for (int admin : admins) {
            sockets.add((int) Metrics.of(List.of(admin)).sum("continuo_connections"));
        }
        return sockets;
    }

    /** Within a tenth of the mean, and everybody is there. */
    private static boolean isEven(List<? extends Integer> counts) {
        int sum = counts.stream().mapToInt(Integer::intValue).sum();
        return Collections.max(counts) - Collections.min(counts) <= sum / counts.size() / 10 && sum == PEOPLE + TALKERS;
    }

    private static long moved(List<Steady> people) {
        return people.stream().mapToLong(person -> person.codes().size()).sum();
    }
}
