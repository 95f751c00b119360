package io.continuo.gateway.dialect;

/** Keeps the renderers of one event loop. A base may come from a client's Host header, so only some are kept. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class Renderers {

    public Renderers(boolean layer1Patch, Downloads downloads) {}

    /** @param base where our paths start, without a trailing slash; see {@code http.BaseUrl} */
    public Renderer of(Dialect dialect, String base) {
        throw new UnsupportedOperationException();
    }
}
