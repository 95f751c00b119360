package io.continuo.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.continuo.common.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvisionsTest {
    private static final Map<String, String> GATEWAY = Map.of(
            "CONTINUO_REDIS", "redis://localhost",
            "CONTINUO_SESSION_SECRET", "0123456789abcdef0123456789abcdef");

    @Test
    void aClusterNeedsARedisThatItsProcessesShare() {
        assertThatThrownBy(() -> Provisions.ofCluster(Settings.of(Map.of())))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("CONTINUO_REDIS must be set");
    }

    @Test
    void onlyAGatewayNeedsTheSessionSecret() {
        Map<String, String> redis = Map.of("CONTINUO_REDIS", "redis://localhost");
        assertThat(Provisions.ofCluster(Settings.of(redis)).redis().uri()).isEqualTo("redis://localhost");
        assertThatThrownBy(() -> Provisions.ofGateway(Settings.of(redis)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("CONTINUO_SESSION_SECRET must be set");
    }

    @Test
    void aGatewayOfAClusterLetsNobodyInWithoutAnIdentity() {
        assertThat(gateway().auth().devLogin()).contains(false);
        assertThat(gateway("CONTINUO_DEV_LOGIN", "true").auth().devLogin()).contains(true);
    }

    @Test
    void aGatewayChoosesAPortWhenAnyWillDo() {
        assertThat(gateway("CONTINUO_PORT", "0").http().port()).isPositive();
        assertThat(gateway("CONTINUO_PORT", "8081").http().port()).isEqualTo(8081);
    }

    @Test
    void whatIsForDevelopmentOnlyStopsProduction() {
        assertThatThrownBy(() -> gateway("CONTINUO_PROFILE", "production", "CONTINUO_DEV_LOGIN", "true"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("CONTINUO_DEV_LOGIN");
        assertThatThrownBy(() -> gateway(
                        "CONTINUO_PROFILE", "production",
                        "CONTINUO_SESSION_SECRET", "development-secret-that-everybody-knows"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("CONTINUO_SESSION_SECRET");
        assertThat(gateway("CONTINUO_PROFILE", "production").node().production())
                .isTrue();
    }

    private static Settings gateway(String... namesAndValues) {
        Map<String, String> given = new HashMap<>(GATEWAY);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Provisions.ofGateway(Settings.of(given));
    }
}
