package io.continuo.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoncesTest {
    private static final Secret SECRET = Secret.of(Tokens.settings(List.of(), Map.of(), false));
    private static final Instant NOON = Instant.parse("2031-02-03T12:00:00Z");

    @Test
    void liveForTenMinutesOnEveryNode() {
        String nonce = at(Duration.ZERO).fresh();
        assertThat(nonce).matches("[0-9a-f]{96}");
        assertThat(at(Duration.ofMinutes(10).minusMillis(1)).isLive(nonce)).isTrue();
        assertThat(at(Duration.ofMinutes(10)).isLive(nonce)).isFalse();
        assertThat(at(Duration.ofSeconds(-30)).isLive(nonce)).isTrue();
        assertThat(at(Duration.ofMinutes(-2)).isLive(nonce)).isFalse();
    }

    @Test
    void differ() {
        Nonces nonces = at(Duration.ZERO);
        assertThat(nonces.fresh()).isNotEqualTo(nonces.fresh());
    }

    @Test
    void cannotBeMadeOrChangedByOthers() {
        Nonces nonces = at(Duration.ZERO);
        String nonce = nonces.fresh();
        char flipped = nonce.charAt(20) == '0' ? '1' : '0';
        assertThat(nonces.isLive(nonce.substring(0, 20) + flipped + nonce.substring(21)))
                .isFalse();
        assertThat(nonces.isLive(new Nonces(SECRET.derive("another"), Clock.systemUTC()).fresh()))
                .isFalse();
        for (String garbage : List.of("", "0", "x".repeat(96), "0".repeat(95), "\u0660".repeat(96))) {
            assertThat(nonces.isLive(garbage)).isFalse();
        }
    }

    private static Nonces at(Duration sinceNoon) {
        return new Nonces(SECRET, Clock.fixed(NOON.plus(sinceNoon), ZoneOffset.UTC));
    }
}
