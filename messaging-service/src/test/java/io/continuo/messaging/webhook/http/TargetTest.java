package io.continuo.messaging.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.settings.Settings;
import io.continuo.common.settings.WebhookSettings;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    private static final WebhookSettings STRICT = Settings.of(Map.of()).webhooks();
    private static final WebhookSettings LAX = STRICT.otherwise(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com/hook",
                "ftp://example.com/",
                "file:///etc/passwd",
                "https:///hook",
                "https://user:secret@example.com/",
                "https://example.com/#there",
                "https://example.com:0/",
                "https://example.com:99999/",
                "https://exa mple.com/",
                "javascript:alert(1)"
            })
    void whatIsNoPlaceOnTheWebIsRefused(String url) {
        assertThat(Target.fault(url, LAX)).isPresent();
    }

    @Test
    void httpIsForDevelopment() {
        assertThat(Target.fault("http://example.com/", STRICT)).isPresent();
        assertThat(Target.fault("http://example.com/", LAX)).isEmpty();
        assertThat(Target.fault("HTTPS://example.com/", STRICT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com, '', /",
        "https://example.com/a/b?c=d, '', /a/b?c=d",
        "https://example.com/a?c=d, x=1, /a?c=d&x=1",
        "https://example.com?c, x=1, /?c&x=1"
    })
    void theQueryIsExtended(String url, String added, String path) {
        assertThat(Target.path(URI.create(url), added)).isEqualTo(path);
    }
}
