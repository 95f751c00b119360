package io.continuo.messaging.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.Settings;
import io.continuo.farm.Topology;
import io.continuo.messaging.webhook.PendingStore.Parcel;
import io.continuo.messaging.webhook.PendingStore.Pending;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The scripts for what is pending on a real Redis. */
class PendingStoreIT {
    private static final long STAMP = 1_763_632_800_123L * 1_024 + 1_023;

    private static Topology.Chosen redis;
    private static Vertx vertx;
    private static PendingStore store;

    @BeforeAll
    static void start() throws Exception {
        redis = Topology.chosen();
        vertx = Vertx.vertx();
        Settings settings = Settings.of(redis.settings());
        store = new PendingStore(await(RedisLink.open(vertx, settings.redis())), 5);
    }

    @AfterAll
    static void stop() throws Exception {
        await(vertx.close());
        redis.close();
    }

    @Test
    void aRepeatedFanOutIsRecognisedForEachWebhook() throws Exception {
        add(1, STAMP, Map.of("w1", List.of(parcel("a"), parcel("b"))));
        add(1, STAMP, Map.of("w1", List.of(parcel("a"), parcel("b")), "w2", List.of(parcel("a"))));
        add(1, STAMP - 1, Map.of("w1", List.of(parcel("before"))));
        add(1, STAMP + 1, Map.of("w1", List.of(parcel("c"))));
        assertThat(bodies(1, "w1")).containsExactly("a", "b", "c");
        assertThat(bodies(1, "w2")).containsExactly("a");
        assertThat(await(store.webhooks(1))).containsExactly("w1", "w2");
    }

    @Test
    void whatWasDeliveredIsNotTakenAgain() throws Exception {
        add(2, STAMP, Map.of("w1", List.of(parcel("a"))));
        await(store.remove(2, "w1", pending(2, "w1").getFirst().id(), false));
        add(2, STAMP, Map.of("w1", List.of(parcel("a"))));
        assertThat(bodies(2, "w1")).isEmpty();
    }

    @Test
    void beyondTheLimitTheOldestGoAndAreCounted() throws Exception {
        int dropped = 0;
        for (int i = 0; i < 8; i++) {
            dropped += add(3, STAMP + i, Map.of("w1", List.of(parcel("" + i))));
        }
        assertThat(dropped).isEqualTo(3);
        assertThat(bodies(3, "w1")).containsExactly("3", "4", "5", "6", "7");
        assertThat(await(store.backlogs(3, List.of("w1", "none"))))
                .isEqualTo(Map.of(
                        "w1",
                                new PendingStore.Backlog(
                                        5, pending(3, "w1").getFirst().id()),
                        "none", new PendingStore.Backlog(0, "")));
    }

    @Test
    void sinceWhenADeliveryFailsIsRemembered() throws Exception {
        add(4, STAMP, Map.of("w1", List.of(parcel("a"))));
        String id = pending(4, "w1").getFirst().id();
        assertThat(await(store.failing(4, "w1", id, 1_000))).isEqualTo(1_000);
        assertThat(await(store.failing(4, "w1", id, 2_000))).isEqualTo(1_000);
        assertThat(await(store.webhooks(4))).containsExactly("w1");
        await(store.remove(4, "w1", id, true));
        assertThat(await(store.failing(4, "w1", id, 3_000))).isEqualTo(3_000);
    }

    @Test
    void whatIsClearedIsGoneAndOneThatIsDeletedLeavesNoTrace() throws Exception {
        add(5, STAMP, Map.of("w1", List.of(parcel("a"), parcel("b")), "w2", List.of(parcel("a"))));
        await(store.failing(5, "w1", "1-1", 1_000));
        assertThat(await(store.clear(5, "w1", false))).isEqualTo(2);
        assertThat(bodies(5, "w1")).isEmpty();
        add(5, STAMP, Map.of("w1", List.of(parcel("a"))));
        assertThat(bodies(5, "w1")).isEmpty();
        await(store.clear(5, "w1", true));
        assertThat(await(store.webhooks(5))).containsExactly("w2");
        assertThat(bodies(5, "w2")).containsExactly("a");
    }

    @Test
    void anEntryTellsWhenItHappened() throws Exception {
        add(6, STAMP, Map.of("w1", List.of(parcel("a"))));
        assertThat(PendingStore.timeMs(pending(6, "w1").getFirst().id())).isEqualTo(STAMP / 1_024);
    }

    private static int add(int partition, long stamp, Map<String, List<Parcel>> parcels) throws Exception {
        return await(store.add(partition, stamp, parcels));
    }

    private static List<Pending> pending(int partition, String webhook) throws Exception {
        return await(store.after(partition, webhook, "0-0", 100));
    }

    private static List<String> bodies(int partition, String webhook) throws Exception {
        return pending(partition, webhook).stream()
                .map(entry -> entry.parcel().body())
                .toList();
    }

    private static Parcel parcel(String body) {
        return new Parcel("c1", "message.sent", "e-" + body, body);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
