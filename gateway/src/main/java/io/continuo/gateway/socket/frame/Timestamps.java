package io.continuo.gateway.socket.frame;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes times as the wire has them, {@code 2031-02-03T09:10:11.512Z} (protocol/layer.md §2). Remembers the last one,
 * since packets to many clients bear the same few times. Belongs to one event loop.
 */
public final class Timestamps {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private long lastMs = Long.MIN_VALUE;
    private String last = "";

    /** @param ms since the epoch */
    public String of(long ms) {
        if (ms != lastMs) {
            last = FORM.format(Instant.ofEpochMilli(ms));
            lastMs = ms;
        }
        return last;
    }
}
