package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.continuo.common.node.StartException;
import io.continuo.common.settings.AuthSettings;
import io.continuo.common.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnProvisionsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path data;

    @Test
    void makeASecretOnceThatOnlyTheOwnerCanRead() throws Exception {
        String first = complete().auth().sessionSecret().orElseThrow();
        assertThat(first).matches("[0-9a-f]{64}");
        assertThat(complete().auth().sessionSecret()).contains(first);
        Path file = data.resolve("session-secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(data)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void leaveTheGivenSecretAndChoiceAlone() {
        AuthSettings auth = complete("CONTINUO_SESSION_SECRET", SECRET, "CONTINUO_DEV_LOGIN", "false")
                .auth();
        assertThat(auth.sessionSecret()).contains(SECRET);
        assertThat(auth.devLogin()).contains(false);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void letDevelopersIn() {
        assertThat(complete().auth().devLogin()).contains(true);
    }

    @Test
    void chooseAPortWhenAnyWillDo() {
        assertThat(complete("CONTINUO_PORT", "0").http().port()).isPositive();
        assertThat(complete("CONTINUO_PORT", "8081").http().port()).isEqualTo(8081);
    }

    @Test
    void areNotForProduction() {
        assertThatThrownBy(() -> complete("CONTINUO_PROFILE", "production"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("CONTINUO_SESSION_SECRET");
        assertThatThrownBy(() -> complete(
                        "CONTINUO_PROFILE", "production",
                        "CONTINUO_SESSION_SECRET", SECRET,
                        "CONTINUO_DEV_LOGIN", "true"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("CONTINUO_DEV_LOGIN");
        assertThat(complete("CONTINUO_PROFILE", "production", "CONTINUO_SESSION_SECRET", SECRET)
                        .auth()
                        .devLogin())
                .contains(false);
    }

    private Settings complete(String... namesAndValues) {
        Map<String, String> given = new HashMap<>(Map.of("CONTINUO_DATA_DIR", data.toString()));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return OwnProvisions.complete(Settings.of(given));
    }
}
