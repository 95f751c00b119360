package io.continuo.gateway.content;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is known of a piece of rich content beside its bytes.
 *
 * @param type its MIME type, as the uploader said
 * @param size bytes
 */
public record ContentInfo(String type, long size) {
    /** What anything is that nobody described. */
    public static final String ANYTHING = "application/octet-stream";

    private static final Pattern MIME_TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+(; ?[\\w.+-]+=[\\w.+-]+)*");
    private static final Pattern SHOWABLE = Pattern.compile("(image|audio|video)/.*|text/plain(;.*)?");
    private static final String SCRIPTABLE_IMAGE = "image/svg";

    /** A type that is none becomes {@link #ANYTHING}. */
    public ContentInfo {
        type = MIME_TYPE.matcher(type).matches() ? type.toLowerCase(Locale.ROOT) : ANYTHING;
    }

    /** Whether a browser may show it in place; all else it should only save, since it might run there as ours. */
    public boolean isShowable() {
        return SHOWABLE.matcher(type).matches() && !type.startsWith(SCRIPTABLE_IMAGE);
    }
}
