package io.continuo.common.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Path GUIDE = Path.of("..", "docs", "configuration.md");

    @TempDir
    Path dir;

    @Test
    void haveDefaultsForAStartWithoutAny() {
        Settings settings = Settings.of(Map.of("PATH", "/bin"));
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.http().adminPort()).isEqualTo(9090);
        assertThat(settings.redis().uri()).isEmpty();
        assertThat(settings.history().retention()).isEqualTo(Duration.ofDays(2));
        assertThat(settings.auth().devLogin()).isEmpty();
        assertThat(settings.log()).isEqualTo(new LogSettings(false, "info"));
    }

    @Test
    void refuseWhatTheyDoNotKnow() {
        assertThatThrownBy(() -> Settings.of(Map.of("CONTINUO_PROT", "8080")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("Unknown setting CONTINUO_PROT; docs/configuration.md lists them all.");
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, http",
        "PORT, 65536",
        "PORT, -1",
        "ADMIN_PORT, 99999999999",
        "EVENT_LOOPS, 0",
        "PROFILE, staging",
        "LOG_FORMAT, xml",
        "LOG_LEVEL, loud",
        "DEV_LOGIN, yes",
        "REDIS, localhost:6379",
        "REDIS, redis-sentinel://localhost:26379",
        "REDIS, redis-cluster://a b",
        "CLUSTER_NAME, our cluster",
        "CLUSTER_MEMBERS, http://localhost",
        "PARTITIONS, 48",
        "PUBLIC_URL, chat.example.com",
        "IDENTITY_KEYS, key.pem",
        "LAYER1_OPERATION, replace",
        "SESSION_TTL, 5"
    })
    void refuseWhatIsMalformedAndSayWhatIsExpected(String name, String value) {
        assertThatThrownBy(() -> Settings.of(Map.of("CONTINUO_" + name, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("CONTINUO_" + name + " is \"" + value + "\" but must be ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://localhost:6379/1",
                "rediss://user:secret@redis.example.com",
                "redis-sentinel://10.0.0.1,10.0.0.2:26379/mymaster",
                "rediss-cluster://:secret@a:1,[::1]:2"
            })
    void knowAllFormsOfRedis(String uri) {
        assertThat(Settings.of(Map.of("CONTINUO_REDIS", uri)).redis().uri()).isEqualTo(uri);
    }

    @Test
    void refuseAShortSecretWithoutTellingIt() {
        assertThatThrownBy(() -> Settings.of(Map.of("CONTINUO_SESSION_SECRET", "hunter2")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("CONTINUO_SESSION_SECRET")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void refuseHalfOfTls() {
        assertThatThrownBy(() -> Settings.of(Map.of("CONTINUO_TLS_CERT", "cert.pem")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("CONTINUO_TLS_KEY");
    }

    @Test
    void readListsAndChoicesHoweverTheyAreWritten() {
        Settings settings = Settings.of(Map.of(
                "CONTINUO_ALLOWED_ORIGINS", " https://a.test , https://b.test,",
                "CONTINUO_LOG_LEVEL", "DEBUG",
                "CONTINUO_PUBLIC_URL", "https://chat.example.com/"));
        assertThat(settings.http().allowedOrigins()).containsExactly("https://a.test", "https://b.test");
        assertThat(settings.log().level()).isEqualTo("debug");
        assertThat(settings.http().publicUrl()).contains("https://chat.example.com");
    }

    @Test
    void comeFromAFileThatTheEnvironmentOverrides() throws Exception {
        Path file = Files.writeString(dir.resolve("continuo.conf"), "CONTINUO_PORT=1\nCONTINUO_ADMIN_PORT=2\n");
        Map<String, String> process = new HashMap<>(Map.of("CONTINUO_CONFIG", file.toString()));
        process.put("CONTINUO_PORT", "3");
        HttpSettings http = Settings.of(process).http();
        assertThat(List.of(http.port(), http.adminPort())).containsExactly(3, 2);
    }

    @Test
    void refuseAFileThatIsNotThereOrHoldsSomethingUnknown() throws Exception {
        assertThatThrownBy(() -> Settings.of(Map.of("CONTINUO_CONFIG", "/no/such/file")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("/no/such/file");
        Path file = Files.writeString(dir.resolve("continuo.conf"), "PORT=1\n");
        assertThatThrownBy(() -> Settings.of(Map.of("CONTINUO_CONFIG", file.toString())))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("Unknown setting PORT");
    }

    @Test
    void areAllDescribedInTheGuideAndNothingElseIs() throws Exception {
        Set<String> described = new TreeSet<>();
        Matcher row = Pattern.compile("^\\| `(CONTINUO_[A-Z0-9_]+)` \\|", Pattern.MULTILINE)
                .matcher(Files.readString(GUIDE));
        while (row.find()) {
            assertThat(described.add(row.group(1))).as(row.group(1)).isTrue();
        }
        assertThat(described).containsExactlyInAnyOrderElementsOf(Settings.names());
    }
}
