package io.continuo.presence.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Watchers;
import io.continuo.presence.Stage;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnrolmentTest {
    private final Stage stage = new Stage();

    @BeforeEach
    void follow() {
        stage.redis(Command.ZADD, Keys.following("omar"), 1, "ines", 2, "vera");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void putsAUserAmongTheWatchersOfAllFollowedAndTakesThemOut() {
        long now = System.currentTimeMillis();
        long until = with(enrolment -> enrolment.enrol("omar", now));
        assertThat(until).isEqualTo(now + Watchers.LEASE_MS);
        assertThat(isWatched("ines")).isTrue();
        assertThat(isWatched("vera")).isTrue();
        stage.redis(Command.HSET, Keys.presence("omar"), "unwatched", 1);
        with(enrolment -> enrolment.retire("omar", 10).map("done"));
        assertThat(isWatched("ines")).isFalse();
        assertThat(isWatched("vera")).isFalse();
    }

    @Test
    void takesNobodyOutWhoWatchesAgainOrHasStoppedJustNow() {
        long now = System.currentTimeMillis();
        with(enrolment -> enrolment.enrol("omar", now));
        with(enrolment -> enrolment.retire("omar", 10).map("done"));
        assertThat(isWatched("ines")).isTrue();
        stage.redis(Command.HSET, Keys.presence("omar"), "unwatched", now);
        with(enrolment -> enrolment.retire("omar", 60_000).map("done"));
        assertThat(isWatched("ines")).isTrue();
    }

    @Test
    void leavesAPlaceThatWasTakenAnew() {
        long now = System.currentTimeMillis();
        with(enrolment -> enrolment.enrol("omar", now));
        stage.with(redis -> redis.send(Enrolment.remove("ines", "omar", now + Watchers.LEASE_MS))
                .map("done"));
        assertThat(isWatched("ines")).isTrue();
        stage.with(redis -> redis.send(Enrolment.remove("ines", "omar", now + Watchers.LEASE_MS + 1))
                .map("done"));
        assertThat(isWatched("ines")).isFalse();
    }

    private boolean isWatched(String user) {
        return stage.with(redis -> redis.send(
                        Request.cmd(Command.ZSCORE).arg(Keys.watchers(user)).arg("omar"))
                .map(score -> score != null));
    }

    private <T> T with(Function<Enrolment, Future<T>> doing) {
        return stage.<T>with((RedisLink redis) -> {
            Enrolment enrolment = new Enrolment(redis);
            return enrolment.prepare().compose(ready -> doing.apply(enrolment));
        });
    }
}
