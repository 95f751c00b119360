package io.continuo.gateway.socket.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimestampsTest {
    @Test
    void writesMillisecondsAndZ() {
        Timestamps timestamps = new Timestamps();
        assertThat(timestamps.of(0)).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(timestamps.of(1_927_703_411_512L)).isEqualTo("2031-02-01T09:10:11.512Z");
        assertThat(timestamps.of(1_927_703_411_512L)).isEqualTo("2031-02-01T09:10:11.512Z");
        assertThat(timestamps.of(1_927_703_411_513L)).isEqualTo("2031-02-01T09:10:11.513Z");
    }
}
