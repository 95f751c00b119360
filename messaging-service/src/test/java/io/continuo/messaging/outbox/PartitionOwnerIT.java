package io.continuo.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.Settings;
import io.continuo.farm.Topology;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who owns which partition, on a real Redis. */
class PartitionOwnerIT {
    private static final int PARTITIONS = 16;
    private static final long HOUR_MS = 3_600_000;

    private Topology.Chosen redis;
    private Vertx vertx;
    private Context context;
    private RedisLink link;

    @BeforeEach
    void start() throws Exception {
        redis = Topology.chosen();
        vertx = Vertx.vertx();
        context = vertx.getOrCreateContext();
        link = on(() -> RedisLink.open(vertx, Settings.of(redis.settings()).redis()));
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
        redis.close();
    }

    /** Its leases last for longer than this test. */
    @Test
    void whatADeadInstanceHadIsTakenOverBeforeItsLeasesEnd() throws Exception {
        leases("dead.0");
        Member heir = new Member("heir.0", "dead.0"::equals);
        on(heir.owner::start);
        await().until(() -> {
            seen("dead.0", 3_000);
            return heir.owned.size() == PARTITIONS;
        });
    }

    @Test
    void whoseProcessIsInTheClusterKeepsItsLeases() throws Exception {
        leases("slow.0");
        seen("slow.0", 3_000);
        Member other = new Member("other.0", instance -> false);
        on(other.owner::start);
        assertThat(other.owned).isEmpty();
    }

    /** As when two processes cannot reach each other, but Redis: each holds the other for gone. */
    @Test
    void whoRenewsKeepsItsLeasesWhateverTheClusterSays() throws Exception {
        leases("cut-off.0");
        seen("cut-off.0", 60_000);
        Member other = new Member("other.0", instance -> true);
        on(other.owner::start);
        assertThat(other.owned).isEmpty();
    }

    /** A zombie: others took its partitions while it stood still. */
    @Test
    void whoFindsItsPartitionsTakenLetsThemGo() throws Exception {
        Member zombie = new Member("zombie.0", instance -> false);
        on(zombie.owner::start);
        assertThat(zombie.owned).hasSize(PARTITIONS);
        leases("heir.0");
        await().until(zombie.owned::isEmpty);
    }

    private void leases(String instance) throws Exception {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            String key = Keys.owner(partition);
            on(() -> link.send(
                    Request.cmd(Command.SET).arg(key).arg(instance).arg("PX").arg(HOUR_MS)));
        }
    }

    /** @param ms how long the instance still counts as living */
    private void seen(String instance, long ms) throws Exception {
        on(() -> link.send(Request.cmd(Command.ZADD)
                .arg(Keys.messagingInstances())
                .arg(System.currentTimeMillis() + ms)
                .arg(instance)));
    }

    private <T> T on(Supplier<Future<T>> step) throws Exception {
        return Future.<T>future(promise -> context.runOnContext(go -> step.get().onComplete(promise)))
                .await(10, TimeUnit.SECONDS);
    }

    private final class Member {
        final Set<Integer> owned = ConcurrentHashMap.newKeySet();
        final PartitionOwner owner;

        Member(String name, Predicate<String> left) {
            owner = new PartitionOwner(
                    vertx, link, name, PARTITIONS, owned::add, owned::remove, partition -> true, left);
        }
    }
}
