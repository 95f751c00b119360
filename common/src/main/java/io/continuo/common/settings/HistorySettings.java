package io.continuo.common.settings;

import java.time.Duration;

/**
 * How long a client's events are kept.
 *
 * @param retention at least this long, unless {@code maxEvents} is reached first
 * @param maxEvents per client
 */
public record HistorySettings(Duration retention, int maxEvents) {
    static HistorySettings read(Environment environment) {
        return new HistorySettings(
                Duration.ofHours(environment.number("HISTORY_HOURS", 48, 1, 24 * 366)),
                environment.number("HISTORY_MAX_EVENTS", 250_000, 100, 100_000_000));
    }
}
