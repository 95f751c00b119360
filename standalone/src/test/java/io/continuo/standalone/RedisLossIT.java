package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Partitions;
import io.continuo.common.redis.Keys;
import io.continuo.farm.RedisFarm;
import io.continuo.farm.Topology;
import io.continuo.standalone.client.Steady;
import io.continuo.standalone.process.ContinuoProcess;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Redis comes back with less than it held: from an older snapshot, or as a replica that had not heard of the last writes.
 * Who has seen more is told so, connected or not; who has not gets all there is; no position means two things.
 */
class RedisLossIT {
    private static final int MESSAGES = 4;

    private final List<Steady> people = new ArrayList<>();
    private @Nullable World world;

    /** Redis, and Continuo on it. */
    private record World(RedisFarm farm, ContinuoProcess continuo, int adminPort) {
        int slot(String key) {
            return Integer.parseInt(
                    farm.ask(farm.primary(), "cluster", "keyslot", key).strip());
        }

        double metric(String name) throws Exception {
            URI metrics = URI.create("http://127.0.0.1:" + adminPort + "/metrics");
            String all = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body();
            return all.lines()
                    .filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }
    }

    @AfterEach
    void end() {
        people.forEach(Steady::close);
        World ending = world;
        if (ending != null) {
            ending.continuo.close();
            ending.farm.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STANDALONE", "SENTINEL", "CLUSTER"})
    void whoHasSeenMoreThanThereIsIsToldSo(Topology topology) throws Exception {
        World here = start(topology);
        RedisFarm farm = here.farm;
        Predicate<String> onFirst = key -> here.slot(key) < 16_384 / 3;
        List<String> names = IntStream.range(0, 1_000)
                .mapToObj(i -> "user" + i)
                .filter(name -> topology != Topology.CLUSTER || onFirst.test(Keys.history(name)))
                .limit(4)
                .toList();
        Steady ines = join(here, names.get(0));
        Steady omar = join(here, names.get(1));
        Steady leaver = join(here, names.get(2));
        Steady absent = join(here, names.get(3));
        String conversation = "";
        do {
            conversation = ines.converse(names);
        } while (topology == Topology.CLUSTER && !onFirst.test(key(conversation)));
        String talk = conversation;
        List<String> kept = say(ines, talk);
        awaitAll(talk, kept);
        leave(absent);

        beforeTheLoss(topology, farm);
        List<String> lost = say(omar, talk);
        List<String> before = new ArrayList<>(kept);
        before.addAll(lost);
        for (Steady person : List.of(ines, omar, leaver)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> person.messages(talk).equals(before));
        }
        String leaverHad = leaver.position();
        leave(leaver);
        String inesHad = ines.position();
        lose(topology, farm);

        for (Steady person : List.of(ines, omar)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> person.losses().size() == 1);
        }
        assertThat(ines.losses().getFirst()).startsWith(inesHad + " ");
        List<String> since = say(ines, talk);
        leaver.goOn();
        absent.goOn();
        await().atMost(Duration.ofSeconds(20)).until(() -> leaver.losses().size() == 1);
        assertThat(leaver.losses().getFirst()).startsWith(leaverHad + " ");
        List<String> more = say(omar, talk);
        List<String> all = new ArrayList<>(since);
        all.addAll(more);
        for (Steady person : List.of(ines, omar)) {
            awaitEnd(person, talk, all);
        }
        awaitEnd(leaver, talk, more);
        List<String> whatThereIs = new ArrayList<>(kept);
        whatThereIs.addAll(all);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(absent.messages(talk)).isEqualTo(whatThereIs));
        assertThat(absent.losses()).isEmpty();
        people.forEach(person -> assertThat(person.faults()).isEmpty());
        assertThat(here.metric("continuo_redis_rollback_total{seen=\"client\"}"))
                .isEqualTo(3);
        assertThat(here.metric("continuo_redis_rollback_total{seen=\"partition\"}"))
                .isPositive();
    }

    /** Their histories lie on servers that have lost nothing, and refer to what is gone. */
    @Test
    void whoHasHeardOfWhatTheConversationsShardHasLostIsToldSoToo() throws Exception {
        World here = start(Topology.CLUSTER);
        RedisFarm farm = here.farm;
        Predicate<String> onFirst = key -> here.slot(key) < 16_384 / 3;
        List<String> names = IntStream.range(0, 1_000)
                .mapToObj(i -> "user" + i)
                .filter(name -> !onFirst.test(Keys.history(name)))
                .limit(3)
                .toList();
        Steady ines = join(here, names.get(0));
        Steady leaver = join(here, names.get(1));
        Steady absent = join(here, names.get(2));
        String conversation = "";
        do {
            conversation = ines.converse(names);
        } while (!onFirst.test(key(conversation)));
        String talk = conversation;
        List<String> kept = say(ines, talk);
        awaitAll(talk, kept);
        leave(absent);

        farm.cutReplication();
        List<String> before = new ArrayList<>(kept);
        before.addAll(say(ines, talk));
        for (Steady person : List.of(ines, leaver)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> person.messages(talk).equals(before));
        }
        leave(leaver);
        farm.loseThePrimary();

        await().atMost(Duration.ofSeconds(30)).until(() -> ines.losses().size() == 1);
        List<String> since = say(ines, talk);
        leaver.goOn();
        absent.goOn();
        await().atMost(Duration.ofSeconds(20)).until(() -> leaver.losses().size() == 1);
        for (Steady person : List.of(ines, leaver)) {
            awaitEnd(person, talk, since);
        }
        List<String> whatThereIs = new ArrayList<>(kept);
        whatThereIs.addAll(since);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(absent.messages(talk)).isEqualTo(whatThereIs));
        people.forEach(person -> assertThat(person.faults()).isEmpty());
    }

    private void awaitAll(String conversation, List<String> said) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> people.stream()
                        .allMatch(person -> person.messages(conversation).equals(said)));
    }

    private World start(Topology topology) throws Exception {
        assumeThat(topology.isPossible()).as("the programs are installed").isTrue();
        RedisFarm farm = topology.start();
        int adminPort;
        try (ServerSocket free = new ServerSocket(0)) {
            adminPort = free.getLocalPort();
        }
        Map<String, String> settings = new HashMap<>(farm.settings());
        settings.put("CONTINUO_DATA_DIR", Files.createTempDirectory("continuo").toString());
        settings.put("CONTINUO_ADMIN_PORT", Integer.toString(adminPort));
        settings.put("CONTINUO_LOG_LEVEL", "error");
        World started = new World(farm, ContinuoProcess.start(settings), adminPort);
        world = started;
        return started;
    }

    private Steady join(World here, String name) {
        Steady person = new Steady(name, here.continuo::url, true);
        people.add(person);
        return person;
    }

    private static void leave(Steady person) {
        person.pause();
        await().atMost(Duration.ofSeconds(10)).until(() -> !person.isConnected());
    }

    private static List<String> say(Steady person, String conversation) throws Exception {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            said.add(person.say(conversation, "text"));
        }
        return said;
    }

    private static void awaitEnd(Steady person, String conversation, List<String> end) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(person.messages(conversation)).endsWith(end.toArray(new String[0])));
    }

    private static void beforeTheLoss(Topology topology, RedisFarm farm) {
        if (topology == Topology.STANDALONE) {
            farm.snapshot();
        } else {
            farm.cutReplication();
        }
    }

    private static void lose(Topology topology, RedisFarm farm) {
        if (topology == Topology.STANDALONE) {
            farm.restoreSnapshot();
        } else {
            farm.loseThePrimary();
        }
    }

    private static String key(String conversation) {
        String uuid = conversation.substring(conversation.lastIndexOf('/') + 1);
        return Keys.outbox(new Partitions(64).of(uuid));
    }
}
