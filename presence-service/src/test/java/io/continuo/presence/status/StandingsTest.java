package io.continuo.presence.status;

import static io.continuo.common.event.PresenceStatus.AVAILABLE;
import static io.continuo.common.event.PresenceStatus.AWAY;
import static io.continuo.common.event.PresenceStatus.BUSY;
import static io.continuo.common.event.PresenceStatus.OFFLINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.redis.RedisLink;
import io.continuo.presence.Stage;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandingsTest {
    private static final String LOOP = "gateway.g1.0";

    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void announceKeepsTheChoiceAndTheConnection() {
        Standing standing = with(all -> all.announce("ines", "desk", LOOP, BUSY));
        assertThat(standing.chosen()).isEqualTo(BUSY);
        assertThat(standing.connections()).containsExactly(new Standing.Connection("desk", BUSY, LOOP));
        assertThat(standing.shown()).isEqualTo(OFFLINE);
        assertThat(standing.seen()).isNull();
        assertThat(standing.now()).isPositive();
    }

    @Test
    void announceWithoutAStatusTakesTheChoiceElseAvailable() {
        assertThat(with(all -> all.announce("ines", "desk", LOOP, null)).connections())
                .extracting(Standing.Connection::status)
                .containsExactly(AVAILABLE);
        with(all -> all.announce("ines", "desk", LOOP, AWAY));
        assertThat(with(all -> all.announce("ines", "phone", LOOP, null)).connections())
                .extracting(Standing.Connection::status)
                .containsExactly(AWAY, AWAY);
    }

    @Test
    void leaveForgetsTheConnectionAndMovesTheVersionOnce() {
        long before = with(all -> all.announce("ines", "desk", LOOP, BUSY)).version();
        Standing after = with(all -> all.leave("ines", "desk"));
        assertThat(after.connections()).isEmpty();
        assertThat(after.version()).isGreaterThan(before);
        assertThat(with(all -> all.leave("ines", "desk")).version()).isEqualTo(after.version());
    }

    @Test
    void publishForgetsTheDeadAndLosesToANewerWord() {
        Standing old = with(all -> all.announce("ines", "desk", LOOP, BUSY));
        Standing fresh = with(all -> all.announce("ines", "phone", LOOP, BUSY));
        boolean late = with(all -> all.publish("ines", old, BUSY, 5L, List.of()));
        boolean inTime = with(all -> all.publish("ines", fresh, BUSY, 7L, List.of("desk")));
        assertThat(late).isFalse();
        assertThat(inTime).isTrue();
        Standing now = with(all -> all.prepare().compose(ready -> all.look(List.of("ines"))))
                .getFirst();
        assertThat(now.shown()).isEqualTo(BUSY);
        assertThat(now.seen()).isEqualTo(7L);
        assertThat(now.changed()).isEqualTo(fresh.now());
        assertThat(now.connections()).extracting(Standing.Connection::id).containsExactly("phone");
    }

    private <T> T with(Function<Standings, Future<T>> doing) {
        return stage.<T>with((RedisLink redis) -> doing.apply(new Standings(redis)));
    }
}
