package io.continuo.messaging.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.Partitions;
import io.continuo.common.event.Position;
import io.continuo.common.model.LayerId;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.Settings;
import io.continuo.farm.Topology;
import io.continuo.messaging.account.Blocks;
import io.continuo.messaging.history.HistoryStore.Appended;
import io.continuo.messaging.history.HistoryStore.Target;
import io.continuo.messaging.history.HistoryStore.Way;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The append script on a real Redis. */
class HistoryStoreIT {
    private static final String CONVERSATION = LayerId.newUuid();

    private static Topology.Chosen redis;
    private static Vertx vertx;
    private static RedisLink link;
    private static HistoryStore store;

    @BeforeAll
    static void start() throws Exception {
        redis = Topology.chosen();
        vertx = Vertx.vertx();
        Map<String, String> all = new HashMap<>(redis.settings());
        all.put("CONTINUO_HISTORY_MAX_EVENTS", "100");
        Settings settings = Settings.of(all);
        link = await(RedisLink.open(vertx, settings.redis()));
        store = new HistoryStore(link, settings.history(), new Ledgers(link, new Partitions(64)));
    }

    @AfterAll
    static void stop() throws Exception {
        await(vertx.close());
        redis.close();
    }

    @Test
    void aRepeatedFanOutIsRecognisedByEveryHistory() throws Exception {
        List<Target> targets = List.of(new Target("ines", Way.SENT), new Target("omar", Way.RECEIVED));
        List<Appended> first = append(3, 1_000, 1, targets);
        List<Appended> again = append(3, 1_000, 1, targets);
        List<Appended> older = append(3, 999, 1, targets);
        for (int i = 0; i < targets.size(); i++) {
            assertThat(first.get(i).fresh()).isTrue();
            assertThat(again.get(i).fresh()).isFalse();
            assertThat(again.get(i).position()).isEqualTo(first.get(i).position());
            assertThat(older.get(i).fresh()).isFalse();
        }
        assertThat(length("omar")).isEqualTo(1);
        assertThat(await(store.unread("omar", List.of(CONVERSATION)))).containsExactly(1);
    }

    @Test
    void stampsOfDifferentPartitionsHaveNothingToDoWithEachOther() throws Exception {
        List<Target> zoe = List.of(new Target("zoe", Way.RECEIVED));
        assertThat(append(1, 5_000, 1, zoe).getFirst().fresh()).isTrue();
        assertThat(append(2, 4_000, 1, zoe).getFirst().fresh()).isTrue();
        assertThat(append(2, 4_001, 2, zoe).getFirst().unread()).isEqualTo(3);
    }

    @Test
    void positionsAreDenseOverSpansAndTheUnreadCountNeverFallsBelowNone() throws Exception {
        long stamp = 1;
        long seq = 0;
        for (Way way : List.of(Way.SIMPLE, Way.RECEIVED, Way.READ, Way.READ, Way.SENT, Way.RECEIVED)) {
            Appended appended =
                    append(4, stamp++, 1, List.of(new Target("ravi", way))).getFirst();
            seq += way == Way.SIMPLE ? 1 : 2;
            assertThat(appended.position().seq()).isEqualTo(seq);
            assertThat(appended.unread()).isGreaterThanOrEqualTo(-1);
        }
        assertThat(await(store.unread("ravi", List.of(CONVERSATION)))).containsExactly(1);
    }

    @Test
    void aHistoryIsKeptWithinItsLengthAndExpiresWhenNothingComes() throws Exception {
        for (int i = 1; i <= 600; i++) {
            append(5, i, i, List.of(new Target("tara", Way.RECEIVED)));
        }
        assertThat(length("tara")).isBetween(100L, 250L);
        long expires = await(link.send(Request.cmd(Command.PTTL).arg(Keys.history("tara"))))
                .toLong();
        assertThat(expires).isGreaterThan(TimeUnit.HOURS.toMillis(48));
        HistoryStore.Attachment attached = attach("tara", Position.BEGINNING).orElseThrow();
        assertThat(attached.tail().seq()).isEqualTo(1_200);
    }

    @Test
    void loopsComeWithTheAppendUntilTheirNewestAttachmentEnds() throws Exception {
        await(store.attach(new HistoryRequest.Attach("maya", "s", 7, "gateway.a.0", 7, null)));
        await(store.attach(new HistoryRequest.Attach("maya", "s", 7, "gateway.b.0", 1, null)));
        await(store.attach(new HistoryRequest.Attach("maya", "s", 7, "gateway.a.0", 9, null)));
        await(store.detach("maya", "gateway.a.0", 8));
        assertThat(loops("maya", 1)).containsExactlyInAnyOrder("gateway.a.0", "gateway.b.0");
        await(store.detach("maya", "gateway.a.0", 9));
        assertThat(loops("maya", 2)).containsExactly("gateway.b.0");
        await(store.detach("maya", "gateway.b.0", 1));
        assertThat(loops("maya", 3)).isEmpty();
    }

    private static List<String> loops(String user, long stamp) throws Exception {
        return append(6, stamp, 1, List.of(new Target(user, Way.SIMPLE)))
                .getFirst()
                .loops();
    }

    @Test
    void whatABlockedSenderSaysIsNotAppended() throws Exception {
        await(link.send(Request.cmd(Command.HSET)
                .arg(Keys.client("nora"))
                .arg(Blocks.field("omar"))
                .arg(1)));
        List<Appended> all = new ArrayList<>();
        EventRef ref = new EventRef.MessageCreated(CONVERSATION, 4_096L, 1);
        List<Target> targets = List.of(new Target("nora", Way.RECEIVED), new Target("otto", Way.RECEIVED));
        List<String> keptFrom = await(store.append(9, 1, ref, "omar", targets, all::addAll));
        assertThat(keptFrom).containsExactly("nora");
        assertThat(all).extracting(Appended::user).containsExactly("otto");
        assertThat(length("nora")).isZero();
        assertThat(await(store.append(9, 2, ref, "ines", targets, all::addAll))).isEmpty();
    }

    private static Optional<HistoryStore.Attachment> attach(String user, Position since) throws Exception {
        return await(store.attach(new HistoryRequest.Attach(user, "session", 7, "gateway.x.0", 1, since)))
                        instanceof HistoryStore.Attaching.Attached attached
                ? Optional.of(attached.attachment())
                : Optional.empty();
    }

    private static List<Appended> append(int partition, long stamp, int number, List<Target> targets) throws Exception {
        List<Appended> all = new ArrayList<>();
        EventRef ref = new EventRef.MessageCreated(CONVERSATION, number * 4_096L, number);
        await(store.append(partition, stamp, ref, "", targets, all::addAll));
        return all;
    }

    private static long length(String user) throws Exception {
        return await(link.send(Request.cmd(Command.XLEN).arg(Keys.history(user))))
                .toLong();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
