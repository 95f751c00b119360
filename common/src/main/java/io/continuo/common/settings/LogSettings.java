package io.continuo.common.settings;

/**
 * How and how much is logged, to standard error.
 *
 * @param json one JSON object per line instead of text for people
 * @param level {@code trace}, {@code debug}, {@code info}, {@code warn} or {@code error}
 */
public record LogSettings(boolean json, String level) {

    static LogSettings read(Environment environment) {
        return new LogSettings(
                environment.choice("LOG_FORMAT", "text", "text", "json").equals("json"),
                environment.choice("LOG_LEVEL", "info", "trace", "debug", "info", "warn", "error"));
    }
}
