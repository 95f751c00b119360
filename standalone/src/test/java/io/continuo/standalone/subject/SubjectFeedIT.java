package io.continuo.standalone.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Reply;
import io.continuo.common.model.Lifecycle;
import io.continuo.common.model.Subject;
import io.continuo.gateway.subject.Interest;
import io.continuo.gateway.subject.Interest.All;
import io.continuo.gateway.subject.Interest.Kind;
import io.continuo.gateway.subject.Interest.Projection;
import io.continuo.gateway.subject.Interest.Selected;
import io.continuo.gateway.subject.Interest.Target;
import io.continuo.gateway.subject.SubjectStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a watcher went through, it knows in the end what is stored. */
class SubjectFeedIT {
    private static final int SUBJECTS = 6;
    private static final int STEPS = 250;

    private static Theatre theatre;
    private static long next = 1;

    @BeforeAll
    static void start() {
        theatre = new Theatre(3);
    }

    @AfterAll
    static void stop() {
        theatre.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whoWasCutOffOrSlowKnowsWhatIsStored(long seed) {
        new Story(seed).play();
    }

    @Test
    void answersBeforeItTells() {
        long mine = next++;
        long blocked = next++;
        long others = next++;
        theatre.own(mine, "ana");
        theatre.own(blocked, "ana");
        theatre.own(others, "ben");
        theatre.block(blocked, true);
        Theatre.await(theatre.write(mine, true, "{\"a\":1}", null, null));
        Theatre.await(theatre.write(blocked, true, "{\"a\":1}", null, null));
        Watcher ana = new Watcher("ana");
        theatre.on(0, () -> {
            ana.open(
                    theatre.feeds.get(0),
                    List.of(interest(Kind.STATE, new Selected(List.of(mine, blocked, others, 999_999L)), 0)));
            return true;
        });
        await().until(() -> ana.states.containsKey(mine));
        assertThat(ana.statuses.get(Kind.STATE))
                .isEqualTo(Map.of(
                        mine,
                        SubjectStatus.NORMAL,
                        blocked,
                        SubjectStatus.BLOCKED,
                        others,
                        SubjectStatus.UNKNOWN,
                        999_999L,
                        SubjectStatus.UNKNOWN));
        assertThat(ana.states).containsOnlyKeys(mine);
        theatre.block(blocked, false);
        await().until(() -> ana.states.containsKey(blocked));
        assertThat(ana.lifecycles.get(blocked)).containsExactly(Lifecycle.UNBLOCK);
    }

    @Test
    void allIsWhateverMayBeSeenNow() {
        long first = next++;
        long second = next++;
        theatre.own(first, "cleo");
        Theatre.await(theatre.write(first, true, "{\"a\":1}", null, null));
        Watcher cleo = new Watcher("cleo");
        theatre.on(0, () -> {
            cleo.open(theatre.feeds.get(0), List.of(interest(Kind.STATE_BATCH, new All(), 0)));
            return true;
        });
        await().until(() -> cleo.states.containsKey(first));
        theatre.own(second, "dan");
        Theatre.await(theatre.write(second, true, "{\"a\":2}", null, null));
        theatre.share(second, List.of("cleo"), List.of());
        await().until(() -> cleo.states.containsKey(second));
        theatre.share(second, List.of(), List.of("cleo"));
        await().until(() -> cleo.lifecycles.containsKey(second));
        Theatre.await(theatre.write(second, true, "{\"a\":3}", null, null));
        theatre.delete(first);
        await().until(() -> cleo.lifecycles.containsKey(first));
        assertThat(cleo.lifecycles.get(second)).containsExactly(Lifecycle.CORRUPT);
        assertThat(cleo.states).isEmpty();
    }

    @Test
    void aResumedWatcherHearsOnlyWhatItMissed() {
        long quiet = next++;
        long busy = next++;
        long gone = next++;
        for (long id : List.of(quiet, busy, gone)) {
            theatre.own(id, "eve");
            Theatre.await(theatre.write(
                    id,
                    true,
                    "{\"a\":1}",
                    "{\"counters\":[{\"type\":\"x\",\"value\":1},{\"type\":\"y\",\"value\":1}]}",
                    null));
        }
        List<Interest> interests =
                List.of(interest(Kind.STATE_BATCH, new All(), 0), interest(Kind.READINGS_BATCH, new All(), 0));
        Watcher eve = new Watcher("eve");
        theatre.on(0, () -> {
            eve.open(theatre.feeds.get(0), interests);
            return true;
        });
        await().until(() -> eve.states.size() == 3 && eve.readings.size() == 3);
        theatre.on(0, () -> {
            eve.cut();
            return true;
        });
        Theatre.await(theatre.write(busy, false, "{\"a\":2}", "{\"counters\":[{\"type\":\"y\",\"value\":2}]}", null));
        theatre.block(busy, true);
        theatre.block(busy, false);
        theatre.delete(gone);
        eve.states.clear();
        eve.readings.clear();
        theatre.on(1, () -> {
            eve.open(theatre.feeds.get(1), interests);
            return true;
        });
        await().until(() -> eve.states.containsKey(busy) && eve.lifecycles.containsKey(gone));
        assertThat(eve.lifecycles.get(busy)).containsExactly(Lifecycle.BLOCK, Lifecycle.UNBLOCK);
        assertThat(eve.states).containsOnlyKeys(busy);
    }

    @Test
    void whoDoesNotReadGetsEveryLifecycleAndTheLatestOfTheRest() {
        long van = next++;
        theatre.own(van, "flo");
        Theatre.await(theatre.write(van, true, "{\"n\":0}", null, null));
        Watcher slow = new Watcher("flo");
        Watcher other = new Watcher("flo");
        for (Watcher each : List.of(slow, other)) {
            theatre.on(0, () -> {
                each.open(theatre.feeds.get(0), List.of(interest(Kind.STATE_BATCH, new All(), 0)));
                return true;
            });
            await().until(() -> each.states.containsKey(van));
        }
        theatre.on(0, () -> {
            slow.slow(true);
            return true;
        });
        int before = slow.told.get();
        for (int n = 1; n <= 150; n++) {
            Theatre.await(theatre.write(van, false, "{\"n\":" + n + "}", null, null));
            if (n % 50 == 0) {
                theatre.block(van, true);
                theatre.block(van, false);
            }
        }
        List<Lifecycle> all = Collections.nCopies(3, List.of(Lifecycle.BLOCK, Lifecycle.UNBLOCK)).stream()
                .flatMap(List::stream)
                .toList();
        await().until(() -> other.number(van) == 150
                && other.lifecycles.getOrDefault(van, List.of()).equals(all));
        assertThat(slow.told).hasValue(before);
        theatre.on(0, () -> {
            slow.slow(false);
            return true;
        });
        await().until(() -> slow.number(van) == 150);
        assertThat(slow.lifecycles.get(van)).isEqualTo(all);
        assertThat(slow.told.get() - before).isEqualTo(all.size() + 1);
        assertThat(slow.faults).isEmpty();
    }

    @Test
    void twelveThousandComeInPagesAndAfterAHundredSecondsOnlyWhatHasChanged() {
        long first = 1_000_000;
        long last = first + 11_999;
        String state = "{\"n\":0,\"text\":\"" + "x".repeat(400) + "\"}";
        theatre.fleet("fleet", first, last, Duration.ofMinutes(5), state);
        List<Interest> interests = List.of(interest(Kind.STATE_BATCH, new All(), 0));
        Watcher fleet = new Watcher("fleet");
        theatre.on(0, () -> {
            fleet.take(1);
            fleet.open(theatre.feeds.get(0), interests);
            return true;
        });
        await().until(() -> fleet.told.get() == 1);
        int pages = 1;
        while (fleet.states.size() < last - first + 1) {
            theatre.on(0, () -> {
                fleet.take(1);
                return true;
            });
            pages++;
            assertThat(fleet.told).hasValue(pages);
        }
        assertThat(fleet.mostChars.get()).isLessThan(300_000);
        theatre.on(0, () -> {
            fleet.cut();
            return true;
        });
        fleet.forget(Duration.ofSeconds(100));
        fleet.states.clear();
        theatre.blockFleet(first, last - 1);
        theatre.on(1, () -> {
            fleet.take(100);
            fleet.open(theatre.feeds.get(1), interests);
            return true;
        });
        Theatre.await(theatre.write(last, false, "{\"n\":1}", null, null));
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> theatre.on(1, () -> {
                    fleet.take(500);
                    return fleet.lifecycles.size() == last - first && fleet.states.containsKey(last);
                }));
        assertThat(fleet.states).containsOnlyKeys(last);
        assertThat(fleet.faults).isEmpty();
        theatre.on(1, () -> {
            fleet.cut();
            return true;
        });
    }

    @Test
    void aGatewayThatWasKilledIsForgottenWithTheNextNews() {
        long van = next++;
        theatre.own(van, "ida");
        Theatre.await(theatre.write(van, true, "{\"a\":1}", null, null));
        Watcher ida = new Watcher("ida");
        theatre.on(2, () -> {
            ida.open(theatre.feeds.get(2), List.of(interest(Kind.STATE_BATCH, new All(), 0)));
            return true;
        });
        await().until(() -> ida.states.containsKey(van));
        assertThat(theatre.loopsOf(van)).contains("g2");
        assertThat(theatre.loopsOf("ida")).contains("g2");
        theatre.kill(2);
        Theatre.await(theatre.write(van, true, "{\"a\":2}", null, null));
        await().until(() -> theatre.loopsOf(van).isEmpty());
        theatre.own(next++, "ida");
        await().until(() -> !theatre.loopsOf("ida").contains("g2"));
    }

    private static Interest interest(Kind kind, Target target, long rateLimitMs) {
        return new Interest(kind, target, Projection.FULL, rateLimitMs);
    }

    /** A backend that writes at random, and watchers to whom things happen. */
    private static final class Story {
        private final Random random;
        private final String user;
        private final List<Long> subjects = new ArrayList<>();
        private final List<Watcher> watchers = new ArrayList<>();
        private final Map<Watcher, List<Interest>> interests = new HashMap<>();
        private final Map<Watcher, Integer> at = new HashMap<>();
        private final Map<Long, Integer> blocks = new HashMap<>();
        private final List<Future<Reply>> writes = new ArrayList<>();
        private final Set<Long> blocked = new HashSet<>();

        Story(long seed) {
            random = new Random(seed);
            user = "user" + seed;
            for (int i = 0; i < SUBJECTS; i++) {
                long id = next++;
                subjects.add(id);
                theatre.own(id, user);
            }
            for (int i = 0; i < 4; i++) {
                Watcher watcher = new Watcher(user);
                watchers.add(watcher);
                Target target = i % 2 == 0 ? new All() : new Selected(subjects);
                interests.put(
                        watcher,
                        List.of(
                                interest(i < 2 ? Kind.STATE : Kind.STATE_BATCH, target, i * 15L),
                                interest(Kind.READINGS_BATCH, target, i * 20L),
                                interest(Kind.IOT_MONITOR, target, i * 10L)));
                open(watcher);
                await().until(() -> !watcher.statuses.isEmpty());
            }
        }

        void play() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(12)) {
                    case 0 -> cutOrOpen(watchers.get(random.nextInt(watchers.size())));
                    case 1 -> slow(watchers.get(random.nextInt(watchers.size())), random.nextBoolean());
                    case 2 -> block(anySubject());
                    case 3 -> share(anySubject());
                    default -> write(anySubject());
                }
            }
            end();
        }

        private void end() {
            Theatre.await(Future.all(writes));
            List.copyOf(blocked).forEach(this::block);
            for (Watcher watcher : watchers) {
                slow(watcher, false);
                if (!watcher.isOpen()) {
                    open(watcher);
                }
            }
            for (int i = 0; i < watchers.size(); i++) {
                Watcher watcher = watchers.get(i);
                await("watcher " + i).atMost(8, TimeUnit.SECONDS).untilAsserted(() -> {
                    for (long id : subjects) {
                        Subject stored = theatre.stored(id);
                        assertThat(watcher.states.get(id)).as("state of " + id).isEqualTo(state(stored));
                        assertThat(watcher.readings.getOrDefault(id, Map.of()))
                                .as("readings of " + id)
                                .isEqualTo(readings(stored));
                        assertThat(watcher.iot.get(id)).as("iot of " + id).isEqualTo(iot(stored));
                    }
                });
                assertThat(watcher.faults).isEmpty();
                blocks.forEach((id, count) -> {
                    List<Lifecycle> entries = watcher.lifecycles.getOrDefault(id, List.of());
                    assertThat(entries).as("lifecycle of " + id).hasSizeGreaterThanOrEqualTo(count);
                    assertThat(entries.getLast()).isEqualTo(Lifecycle.UNBLOCK);
                });
            }
        }

        private void open(Watcher watcher) {
            int loop = random.nextInt(2);
            at.put(watcher, loop);
            theatre.on(loop, () -> {
                watcher.open(theatre.feeds.get(loop), interests.getOrDefault(watcher, List.of()));
                return true;
            });
        }

        private void cutOrOpen(Watcher watcher) {
            if (watcher.isOpen()) {
                theatre.on(at.getOrDefault(watcher, 0), () -> {
                    watcher.cut();
                    return true;
                });
            } else {
                open(watcher);
            }
        }

        private void slow(Watcher watcher, boolean now) {
            theatre.on(at.getOrDefault(watcher, 0), () -> {
                watcher.slow(now);
                return true;
            });
        }

        private void block(long id) {
            boolean now = blocked.add(id);
            if (!now) {
                blocked.remove(id);
            }
            blocks.merge(id, 1, Integer::sum);
            theatre.block(id, now);
        }

        private void share(long id) {
            theatre.share(
                    id,
                    random.nextBoolean() ? List.of("zoe") : List.of(),
                    random.nextBoolean() ? List.of("zoe") : List.of());
        }

        private void write(long id) {
            boolean replace = random.nextInt(6) == 0;
            String state = random.nextInt(3) == 0
                    ? null
                    : "{\"f" + random.nextInt(4) + "\":"
                            + (replace || random.nextBoolean() ? random.nextInt(100) : "null") + ",\"gps\":{\"g"
                            + random.nextInt(3) + "\":" + random.nextInt(100) + "}}";
            String readings = random.nextInt(3) == 0
                    ? null
                    : "{\"inputs\":[{\"sensor_id\":" + random.nextInt(4) + ",\"value\":" + random.nextInt(100)
                            + ",\"name\":\"n\"}],\"counters\":[{\"type\":\"c" + random.nextInt(3) + "\",\"value\":"
                            + random.nextInt(100) + ",\"z\":1}]}";
            String iot = random.nextInt(3) == 0
                    ? "{\"msg_time\":\"m\",\"srv_time\":\"s\",\"values\":{\"a" + random.nextInt(2) + "\":"
                            + random.nextInt(100) + "}}"
                    : null;
            writes.add(theatre.write(id, replace, state, readings, iot));
        }

        private long anySubject() {
            return subjects.get(random.nextInt(subjects.size()));
        }

        private static @Nullable JsonObject state(Subject stored) {
            return stored.state().version() == 0 || stored.facts() == null
                    ? null
                    : new JsonObject(stored.state().json())
                            .put("source_id", stored.facts().sourceId());
        }

        private static @Nullable String iot(Subject stored) {
            return stored.iot().version() == 0
                    ? null
                    : "{\"tracker_id\":" + stored.id().id() + ","
                            + stored.iot().json().substring(1);
        }

        private static Map<String, JsonObject> readings(Subject stored) {
            Map<String, JsonObject> readings = new TreeMap<>();
            stored.readings().stream()
                    .filter(reading -> !reading.gone())
                    .forEach(reading ->
                            readings.put(reading.list().wire() + ":" + reading.key(), new JsonObject(reading.json())));
            return readings;
        }
    }
}
