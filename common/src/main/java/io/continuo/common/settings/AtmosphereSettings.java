package io.continuo.common.settings;

/**
 * How clients of Atmosphere are served (protocol/atmosphere.md §2.6, §3.3).
 *
 * @param heartbeatSeconds after how much silence either side sends padding
 * @param sessionSeconds for how long a client that has lost its connection can go on where it was
 * @param wrapStates whether each state of a batch stands in an envelope, as some clients of Navixy want it (§6.7)
 */
public record AtmosphereSettings(int heartbeatSeconds, int sessionSeconds, boolean wrapStates) {

    static AtmosphereSettings read(Environment environment) {
        return new AtmosphereSettings(
                environment.number("ATMOSPHERE_HEARTBEAT_SECONDS", 25, 1, 50),
                environment.number("ATMOSPHERE_SESSION_SECONDS", 300, 5, 86_400),
                environment.flag("ATMOSPHERE_WRAP_STATES", false));
    }
}
