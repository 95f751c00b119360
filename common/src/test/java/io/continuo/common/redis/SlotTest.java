package io.continuo.common.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlotTest {

    /** As the specification of Redis Cluster has it. */
    @Test
    void isTheChecksumOfTheKey() {
        assertThat(Slot.of("123456789")).isEqualTo(0x31C3);
        assertThat(Slot.of("foo")).isEqualTo(12_182);
    }

    @Test
    void looksOnlyAtWhatStandsBetweenTheFirstBraces() {
        assertThat(Slot.of("{u:ines}:history")).isEqualTo(Slot.of("u:ines")).isEqualTo(Slot.of("{u:ines}:client"));
        assertThat(Slot.of("a{}b")).isNotEqualTo(Slot.of(""));
        assertThat(Slot.of("a{b")).isNotEqualTo(Slot.of("b"));
    }
}
