package io.continuo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void runsEverythingWhenNothingIsNamed() {
        Options options = Options.parse(List.of());

        assertThat(options.scenarios()).contains("rooms10", "rooms100", "rooms1000", "idle", "resume");
        assertThat(options.quick()).isFalse();
        assertThat(options.core()).isEqualTo(-1);
    }

    @Test
    void takesScenariosInTheirOrder() {
        Options options = Options.parse(List.of("--quick", "--scenario", "resume", "--scenario", "idle"));

        assertThat(options.scenarios()).containsExactly("resume", "idle");
        assertThat(options.quick()).isTrue();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> Options.parse(List.of("--fast"))).hasMessageContaining("--fast");
        assertThatThrownBy(() -> Options.parse(List.of("--scenario", "nap"))).hasMessageContaining("nap");
        assertThatThrownBy(() -> Options.parse(List.of("--scenario"))).hasMessageContaining("--scenario");
    }
}
