package io.continuo.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DrainPacePropertyTest {

    @Property
    void closesAllInTimeAndNeverFasterThanItMust(
            @ForAll @IntRange(max = 20_000) int all,
            @ForAll @IntRange(min = 1, max = 5_000) int perSecond,
            @ForAll @IntRange(max = 30) int seconds) {
        DrainPace pace = new DrainPace(perSecond, seconds);
        double fastest = Math.max(perSecond, all / Math.max(0.001, 0.8 * seconds));
        int before = 0;
        for (long ms = 0; ms <= pace.limitMs(); ms += 20) {
            int closed = pace.closed(all, ms);
            assertThat(closed).isBetween(before, all);
            if (seconds > 0) {
                assertThat((double) closed).isLessThanOrEqualTo(fastest * ms / 1_000 + 1.001);
            }
            before = closed;
        }
        assertThat(pace.closed(all, pace.limitMs())).isEqualTo(all);
    }

    @Test
    void isQuickForAFew() {
        assertThat(new DrainPace(500, 30).closed(10, 20)).isEqualTo(10);
    }
}
