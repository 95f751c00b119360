package io.continuo.common.settings;

import java.util.Map;
import java.util.Set;

/**
 * Everything that can be set, read once at the start from {@code CONTINUO_…} variables. {@code docs/configuration.md}
 * describes each one; a test keeps the two in step.
 */
public record Settings(
        NodeSettings node,
        HttpSettings http,
        RedisSettings redis,
        ClusterSettings cluster,
        AuthSettings auth,
        HistorySettings history,
        LimitSettings limits,
        LogSettings log,
        WebhookSettings webhooks,
        AdmissionSettings admission,
        AtmosphereSettings atmosphere) {

    /**
     * Reads and checks all settings.
     *
     * @param process the process environment, or a part of it
     * @throws SettingsException when a variable is unknown or malformed
     */
    public static Settings of(Map<String, String> process) {
        Environment environment = Environment.of(process);
        Settings settings = read(environment);
        environment.refuseUnknown();
        return settings;
    }

    /** The names of all variables. */
    public static Set<String> names() {
        Environment environment = Environment.of(Map.of());
        read(environment);
        return environment.known();
    }

    public Settings with(HttpSettings other) {
        return new Settings(node, other, redis, cluster, auth, history, limits, log, webhooks, admission, atmosphere);
    }

    public Settings with(RedisSettings other) {
        return new Settings(node, http, other, cluster, auth, history, limits, log, webhooks, admission, atmosphere);
    }

    public Settings with(AuthSettings other) {
        return new Settings(node, http, redis, cluster, other, history, limits, log, webhooks, admission, atmosphere);
    }

    public Settings with(WebhookSettings other) {
        return new Settings(node, http, redis, cluster, auth, history, limits, log, other, admission, atmosphere);
    }

    public Settings with(HistorySettings other) {
        return new Settings(node, http, redis, cluster, auth, other, limits, log, webhooks, admission, atmosphere);
    }

    private static Settings read(Environment environment) {
        return new Settings(
                NodeSettings.read(environment),
                HttpSettings.read(environment),
                RedisSettings.read(environment),
                ClusterSettings.read(environment),
                AuthSettings.read(environment),
                HistorySettings.read(environment),
                LimitSettings.read(environment),
                LogSettings.read(environment),
                WebhookSettings.read(environment),
                AdmissionSettings.read(environment),
                AtmosphereSettings.read(environment));
    }
}
