package io.continuo.common.settings;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The apps that share this deployment. Immutable. There is always the default one, with an empty tag. */
public final class Apps {
    private final Map<String, AppSettings> byTag = new LinkedHashMap<>();
    private final Map<String, AppSettings> byId = new LinkedHashMap<>();
    private final Map<String, AppSettings> byAudience = new LinkedHashMap<>();

    /** @throws SettingsException when two apps share a tag, an id or an audience */
    Apps(List<AppSettings> all) {
        for (AppSettings app : all) {
            note(byTag, app.tag(), app, "tag");
            app.ids().forEach(id -> note(byId, id, app, "id"));
            app.tokens().sessionAudience().ifPresent(audience -> note(byAudience, audience, app, "session_audience"));
        }
        if (!byTag.containsKey("")) {
            throw new IllegalArgumentException("There is no default app.");
        }
    }

    /** The app that a client or a backend means: by URI or bare id, in any case. */
    public Optional<AppSettings> named(String id) {
        AppSettings found = byId.get(AppSettings.bareId(id));
        AppSettings any = defaultApp().ids().isEmpty() ? defaultApp() : null;
        return Optional.ofNullable(found == null ? any : found);
    }

    /** The app with this tag; empty is the default app's. */
    public Optional<AppSettings> tagged(String tag) {
        return Optional.ofNullable(byTag.get(tag));
    }

    /** The app that mints session tokens for this audience by itself. */
    public Optional<AppSettings> ofAudience(String audience) {
        return Optional.ofNullable(byAudience.get(audience));
    }

    /** Whether any app mints session tokens by itself. */
    public boolean mintTokens() {
        return !byAudience.isEmpty();
    }

    public AppSettings defaultApp() {
        return Objects.requireNonNull(byTag.get(""));
    }

    /** In no particular order. */
    public Collection<AppSettings> all() {
        return List.copyOf(byTag.values());
    }

    private static void note(Map<String, AppSettings> index, String key, AppSettings app, String what) {
        if (index.putIfAbsent(key, app) != null) {
            throw new SettingsException("CONTINUO_APPS: two apps have the " + what + " \"" + key + "\".");
        }
    }
}
