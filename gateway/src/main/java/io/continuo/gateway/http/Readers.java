package io.continuo.gateway.http;

import io.continuo.common.settings.LimitSettings;
import io.continuo.gateway.dialect.Dialect;
import io.continuo.gateway.dialect.RequestReader;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** A reader for each version. Immutable. */
final class Readers {
    private final Map<Dialect, RequestReader> byDialect = new EnumMap<>(Dialect.class);

    Readers(LimitSettings limits) {
        for (Dialect dialect : Dialect.values()) {
            byDialect.put(dialect, new RequestReader(dialect, limits));
        }
    }

    RequestReader of(Dialect dialect) {
        return Objects.requireNonNull(byDialect.get(dialect));
    }
}
