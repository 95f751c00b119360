package io.continuo.presence.typing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BriefCacheTest {
    private final List<String> loaded = new ArrayList<>();

    @Test
    void asksOnceWhileTheAnswerIsFreshOrOnItsWay() {
        BriefCache<String, String> cache = new BriefCache<>(Duration.ofHours(1), 10);
        Promise<String> answer = Promise.promise();
        Future<String> first = cache.get("a", key -> answer.future());
        Future<String> second = cache.get("a", this::load);
        answer.complete("done");
        assertThat(first.result()).isEqualTo("done");
        assertThat(second.result()).isEqualTo("done");
        assertThat(loaded).isEmpty();
    }

    @Test
    void asksAgainWhenTheAnswerIsOld() {
        BriefCache<String, String> cache = new BriefCache<>(Duration.ZERO, 10);
        cache.get("a", this::load);
        cache.get("a", this::load);
        assertThat(loaded).containsExactly("a", "a");
    }

    @Test
    void keepsNoFailures() {
        BriefCache<String, String> cache = new BriefCache<>(Duration.ofHours(1), 10);
        cache.get("a", key -> Future.failedFuture("no"));
        assertThat(cache.get("a", this::load).result()).isEqualTo("a!");
    }

    @Test
    void letsTheOldestGoWhenFull() {
        BriefCache<String, String> cache = new BriefCache<>(Duration.ofHours(1), 2);
        List.of("a", "b", "c", "b", "c", "a").forEach(key -> cache.get(key, this::load));
        assertThat(loaded).containsExactly("a", "b", "c", "a");
    }

    private Future<String> load(String key) {
        loaded.add(key);
        return Future.succeededFuture(key + "!");
    }
}
