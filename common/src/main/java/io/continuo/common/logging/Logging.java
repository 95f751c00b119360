package io.continuo.common.logging;

import io.continuo.common.settings.LogSettings;

/** Hands the settings to {@code logback.xml}. */
public final class Logging {
    private Logging() {}

    /** To be called before anything logs: the first logger reads what is set here. */
    public static void configure(LogSettings settings) {
        System.setProperty("continuo.log.format", settings.json() ? "json" : "text");
        System.setProperty("continuo.log.level", settings.level());
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
    }
}
