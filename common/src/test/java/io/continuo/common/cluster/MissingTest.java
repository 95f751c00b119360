package io.continuo.common.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MissingTest {
    private static final long LATER = Missing.SURE_AFTER_MS + 1;
    private static final long FRESH = 2_000;

    private final Missing missing = new Missing();

    @Test
    void yieldsWhenMoreLiveOnTheOtherSide() {
        missing.see(Set.of("a", "b", "c"), 0);
        missing.see(Set.of("a"), 1);

        assertThat(missing.all()).containsExactlyInAnyOrder("b", "c");
        assertThat(missing.areMore(Map.of("b", FRESH, "c", FRESH), 1 + LATER)).isTrue();
    }

    @Test
    void staysWhenMoreLiveOnThisSide() {
        missing.see(Set.of("a", "b", "c"), 0);
        missing.see(Set.of("b", "c"), 1);

        assertThat(missing.areMore(Map.of("a", FRESH), 1 + LATER)).isFalse();
    }

    /** The heart of who was killed seems to beat until its last beat expires. */
    @Test
    void doesNotTakeTheDeadForLiving() {
        missing.see(Set.of("a", "b", "c"), 0);
        missing.see(Set.of("a"), 1_000);

        assertThat(missing.areMore(Map.of("b", FRESH, "c", FRESH), 2_000)).isFalse();
        assertThat(missing.areMore(Map.of("b", LATER, "c", LATER), 1_000 + LATER))
                .isFalse();
        assertThat(missing.areMore(Map.of(), 20_000)).isFalse();
        assertThat(missing.all()).isEmpty();
    }

    @Test
    void ofTwoEqualSidesOneYields() {
        Missing other = new Missing();
        missing.see(Set.of("a", "b"), 0);
        missing.see(Set.of("a"), 1);
        other.see(Set.of("a", "b"), 0);
        other.see(Set.of("b"), 1);

        assertThat(missing.areMore(Map.of("b", FRESH), 1 + LATER)).isFalse();
        assertThat(other.areMore(Map.of("a", FRESH), 1 + LATER)).isTrue();
    }

    @Test
    void forgetsWhoHasComeBack() {
        missing.see(Set.of("a", "b", "c"), 0);
        missing.see(Set.of("a"), 1);
        missing.see(Set.of("a", "b", "c"), 2);

        assertThat(missing.all()).isEmpty();
    }
}
