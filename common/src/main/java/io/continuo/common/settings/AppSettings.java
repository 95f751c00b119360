package io.continuo.common.settings;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One app of the deployment: users of its own, and who vouches for them.
 *
 * @param tag sets the ids of its users apart from those of other apps, see {@link io.continuo.common.model.UserId};
 *     empty for the default app. Never to be changed for an app that has data
 * @param ids what clients and backends call it, bare and in lower case; empty lets the default app go by any name
 * @param sessionTtlSeconds life of a session, 30 seconds to a year
 * @param serverTokens what its backend may show to use the Server API
 * @param suspended nobody of this app is let in
 */
public record AppSettings(
        String tag,
        Set<String> ids,
        TokenSettings tokens,
        int sessionTtlSeconds,
        List<ServerToken> serverTokens,
        boolean suspended) {

    static final int SHORTEST_TTL = 30;
    static final int LONGEST_TTL = 31_536_000;
    static final int USUAL_TTL = 14 * 24 * 3600;

    /** The last part of {@code layer:///apps/staging/<id>}, or the id itself, in lower case. */
    public static String bareId(String id) {
        return id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    public boolean isDefault() {
        return tag.isEmpty();
    }

    /** Whether {@code token} lets a backend act for this app; takes as long for every wrong one. */
    public boolean admitsBackend(String token) {
        boolean admitted = false;
        for (ServerToken each : serverTokens) {
            admitted |= each.matches(token);
        }
        return admitted;
    }
}
