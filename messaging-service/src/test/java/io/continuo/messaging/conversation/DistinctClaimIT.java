package io.continuo.messaging.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.Partitions;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.Settings;
import io.continuo.farm.Topology;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is the distinct conversation of some people, on a real Redis. */
class DistinctClaimIT {

    @Test
    void aClaimIsTakenBackOnlyByTheConversationThatHoldsIt() throws Exception {
        Topology.Chosen redis = Topology.chosen();
        Vertx vertx = Vertx.vertx();
        Settings settings = Settings.of(redis.settings());
        ConversationStore store =
                new ConversationStore(await(RedisLink.open(vertx, settings.redis())), new Partitions(64));
        assertThat(await(store.claimDistinct("people", "old"))).isEqualTo("old");
        await(store.unclaimDistinct("people", "old"));
        assertThat(await(store.claimDistinct("people", "new"))).isEqualTo("new");
        await(store.unclaimDistinct("people", "old"));
        assertThat(await(store.claimDistinct("people", "another"))).isEqualTo("new");
        await(vertx.close());
        redis.close();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
