package io.continuo.gateway.dialect;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the renderers of one event loop. A base may come from a client's Host header, so only the last used are kept.
 * Not for several threads.
 */
public final class Renderers {
    private static final int KEPT = 64;

    private final boolean layer1Patch;
    private final Downloads downloads;
    private final Map<Key, Renderer> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Renderer> eldest) {
            return size() > KEPT;
        }
    };

    /** See {@link Renderer#Renderer}. */
    public Renderers(boolean layer1Patch, Downloads downloads) {
        this.layer1Patch = layer1Patch;
        this.downloads = downloads;
    }

    /** @param base where our paths start, without a trailing slash */
    public Renderer of(Dialect dialect, String base) {
        return of(dialect, new Links(base));
    }

    public Renderer of(Dialect dialect, Links links) {
        return kept.computeIfAbsent(
                new Key(dialect, links), key -> new Renderer(dialect, links, layer1Patch, downloads));
    }

    private record Key(Dialect dialect, Links links) {}
}
