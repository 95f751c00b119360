package io.continuo.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.settings.Settings;
import io.vertx.core.MultiMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {
    private final BaseUrl baseUrl = new BaseUrl(Settings.of(Map.of()).http());

    @Test
    void followsTheHandshake() {
        assertThat(baseUrl.of(headers("chat.example.test:8443"), true)).isEqualTo("https://chat.example.test:8443");
        assertThat(baseUrl.of(headers("[::1]:8080"), false)).isEqualTo("http://[::1]:8080");
        assertThat(baseUrl.of(headers("a").add("x-forwarded-proto", "HTTPS"), false))
                .isEqualTo("https://a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "evil\"/><script>", "a/b", "user@host", "a?b"})
    void refusesWhatIsNoHost(String host) {
        assertThat(baseUrl.of(headers(host), false)).isEqualTo("http://localhost");
    }

    @Test
    void managesWithoutAHost() {
        assertThat(baseUrl.of(MultiMap.caseInsensitiveMultiMap(), false)).isEqualTo("http://localhost");
    }

    private static MultiMap headers(String host) {
        return MultiMap.caseInsensitiveMultiMap().add("Host", host);
    }
}
