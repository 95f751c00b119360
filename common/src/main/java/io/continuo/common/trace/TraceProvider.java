package io.continuo.common.trace;

import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;

/** Has every Vert.x keep a place for {@link Trace}; found by the service loader. */
public final class TraceProvider implements VertxServiceProvider {
    @Override
    public void init(VertxBootstrap bootstrap) {
        Trace.prepare();
    }
}
