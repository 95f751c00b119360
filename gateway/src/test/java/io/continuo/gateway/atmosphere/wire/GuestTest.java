package io.continuo.gateway.atmosphere.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.settings.Settings;
import io.continuo.gateway.atmosphere.wire.Guest.Greeting;
import io.continuo.gateway.auth.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuestTest {
    private static final Secret SECRET =
            Secret.of(Settings.of(Map.of("CONTINUO_SESSION_SECRET", "a-secret-for-tests-that-is-long-enough"))
                    .auth());
    private final TrackingIds ids = new TrackingIds(SECRET);

    @Test
    void whoHasNoIdGetsOneInAHelloOnlyIfItWaitsForOne() {
        Guest waiting = guest("", 2, true, Kind.WEBSOCKET);
        assertThat(waiting.greeting()).isEqualTo(Greeting.HELLO);
        assertThat(ids.isOurs(waiting.id())).isTrue();
        assertThat(waiting.trackingId()).isEqualTo(waiting.id());
        Guest plain = guest("", 0, false, Kind.WEBSOCKET);
        assertThat(plain.greeting()).isEqualTo(Greeting.NONE);
        assertThat(plain.id()).isEmpty();
        assertThat(plain.isRemembered()).isFalse();
    }

    @Test
    void anOlderClientThatComesBackGetsNoHelloAgain() {
        String id = ids.mint();
        for (Kind kind : new Kind[] {Kind.WEBSOCKET, Kind.SSE, Kind.STREAMING}) {
            assertThat(guest(id, 4, true, kind)).isEqualTo(new Guest(id, id, true, Greeting.PADDING));
            assertThat(guest(id, 0, true, kind).greeting()).isEqualTo(Greeting.PADDING);
        }
    }

    @Test
    void aNewerClientThatComesBackGetsItsHelloAgainButNotOnAPoll() {
        String id = ids.mint();
        assertThat(guest(id, 5, true, Kind.WEBSOCKET)).isEqualTo(new Guest(id, id, true, Greeting.HELLO));
        assertThat(guest(id, 5, true, Kind.STREAMING).greeting()).isEqualTo(Greeting.HELLO);
        assertThat(guest(id, 5, true, Kind.LONG_POLLING).greeting()).isEqualTo(Greeting.NONE);
        assertThat(guest(id, 5, false, Kind.WEBSOCKET).greeting()).isEqualTo(Greeting.PADDING);
    }

    @Test
    void anIdOfAClientsOwnMakingNeverLeadsToWhatIsRemembered() {
        Guest older = guest("my-own-id", 2, true, Kind.WEBSOCKET);
        assertThat(older.greeting()).isEqualTo(Greeting.PADDING);
        assertThat(older.resumes()).isFalse();
        assertThat(older.isRemembered()).isFalse();
        Guest newer = guest("my-own-id", 5, true, Kind.WEBSOCKET);
        assertThat(newer.greeting()).isEqualTo(Greeting.HELLO);
        assertThat(ids.isOurs(newer.id())).isTrue();
    }

    @Test
    void aForgedIdIsNotOurs() {
        String id = ids.mint();
        char last = id.charAt(id.length() - 1);
        assertThat(ids.isOurs(id)).isTrue();
        assertThat(ids.isOurs(id.substring(0, id.length() - 1) + (last == 'A' ? 'B' : 'A')))
                .isFalse();
        assertThat(ids.isOurs("")).isFalse();
        assertThat(new TrackingIds(SECRET).isOurs(id)).isTrue();
        assertThat(new TrackingIds(SECRET.derive("another node")).isOurs(id)).isFalse();
    }

    private Guest guest(String id, int major, boolean protocol, Kind kind) {
        return Guest.of(new Parameters(kind, id, major, protocol, false, ""), ids);
    }
}
