package io.continuo.gateway.content;

import io.continuo.gateway.auth.Secret;
import io.continuo.gateway.dialect.Downloads;
import io.continuo.gateway.dialect.Links;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Links that carry their own permission (protocol/layer.md §10.5, §13.6): signed, and good for a while. A link to upload
 * holds all that has to be known of the content, so that announcing content stores nothing.
 */
public final class ContentLinks implements Downloads {
    private static final long UPLOAD_LIFE_MS = Duration.ofHours(1).toMillis();
    /** Links of one step are equal, so that a message is rendered alike for all. A link lives one to two steps. */
    private static final long DOWNLOAD_STEP_MS = Duration.ofHours(1).toMillis();

    private static final HexFormat HEX = HexFormat.of();

    private final Secret secret;
    private final Clock clock;

    public ContentLinks(Secret secret, Clock clock) {
        this.secret = secret.derive("content");
        this.clock = clock;
    }

    @Override
    public Download of(Links links, String contentId) {
        long expires = (clock.millis() / DOWNLOAD_STEP_MS + 2) * DOWNLOAD_STEP_MS;
        String signature = HEX.formatHex(secret.sign(download(contentId, expires)));
        return new Download(file(links, contentId) + "?expires=" + expires + "&signature=" + signature, expires);
    }

    /** Where the bytes of announced content go, by PUT. */
    public String upload(Links links, String contentId, ContentInfo info) {
        long expires = clock.millis() + UPLOAD_LIFE_MS;
        String signature = HEX.formatHex(secret.sign(upload(contentId, info, expires)));
        return file(links, contentId) + "?type=" + URLEncoder.encode(info.type(), StandardCharsets.UTF_8) + "&size="
                + info.size() + "&expires=" + expires + "&signature=" + signature;
    }

    /** Whether a download link is ours and still good. */
    public boolean permitsDownload(String contentId, long expires, String signature) {
        return isGood(download(contentId, expires), expires, signature);
    }

    /** Whether an upload link is ours, as we made it, and still good. */
    public boolean permitsUpload(String contentId, ContentInfo info, long expires, String signature) {
        return isGood(upload(contentId, info, expires), expires, signature);
    }

    private boolean isGood(String text, long expires, String signature) {
        try {
            return clock.millis() < expires && secret.signed(text, HEX.parseHex(signature));
        } catch (IllegalArgumentException noHex) {
            return false;
        }
    }

    private static String file(Links links, String contentId) {
        return links.content(contentId) + "/file";
    }

    private static String download(String contentId, long expires) {
        return "download\n" + contentId + "\n" + expires;
    }

    private static String upload(String contentId, ContentInfo info, long expires) {
        return "upload\n" + contentId + "\n" + info.type() + "\n" + info.size() + "\n" + expires;
    }
}
