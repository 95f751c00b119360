package io.continuo.gateway.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.settings.Settings;
import io.continuo.gateway.auth.Secret;
import io.continuo.gateway.dialect.Downloads.Download;
import io.continuo.gateway.dialect.Links;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentLinksTest {
    private static final String ID = "90ab0000-0000-4000-8000-000000000001";
    private static final Links LINKS = new Links("https://chat.example.test");
    private static final Instant NOON = Instant.parse("2031-02-03T12:00:00Z");
    private static final Secret SECRET =
            Secret.of(Settings.of(Map.of("CONTINUO_SESSION_SECRET", "a secret that is just for the tests"))
                    .auth());

    @Test
    void areEqualForAllWithinAnHour() {
        Download early = after(Duration.ZERO).of(LINKS, ID);
        assertThat(after(Duration.ofMinutes(59)).of(LINKS, ID)).isEqualTo(early);
        assertThat(after(Duration.ofHours(1)).of(LINKS, ID)).isNotEqualTo(early);
    }

    @Test
    void liveForAtLeastAnHour() {
        Download late = after(Duration.ofMinutes(59)).of(LINKS, ID);
        String signature = late.url().replaceAll(".*signature=", "");
        assertThat(permits(Duration.ofMinutes(119), late, signature)).isTrue();
        assertThat(permits(Duration.ofHours(2), late, signature)).isFalse();
        assertThat(permits(Duration.ofMinutes(61), late, "not hex")).isFalse();
    }

    @Test
    void ofOneKindAreNotGoodForTheOther() {
        ContentInfo info = new ContentInfo("image/png", 7);
        String upload = after(Duration.ZERO).upload(LINKS, ID, info);
        long expires = Long.parseLong(upload.replaceAll(".*expires=(\\d+).*", "$1"));
        String signature = upload.replaceAll(".*signature=", "");
        ContentLinks now = after(Duration.ofMinutes(1));
        assertThat(now.permitsUpload(ID, info, expires, signature)).isTrue();
        assertThat(now.permitsDownload(ID, expires, signature)).isFalse();
        assertThat(now.permitsUpload(ID, new ContentInfo("text/html", 7), expires, signature))
                .isFalse();
    }

    private static boolean permits(Duration sinceNoon, Download download, String signature) {
        return after(sinceNoon).permitsDownload(ID, download.expiresAtMs(), signature);
    }

    private static ContentLinks after(Duration sinceNoon) {
        return new ContentLinks(SECRET, Clock.fixed(NOON.plus(sinceNoon), ZoneOffset.UTC));
    }
}
