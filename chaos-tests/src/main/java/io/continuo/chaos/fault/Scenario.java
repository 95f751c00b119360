package io.continuo.chaos.fault;

import io.continuo.chaos.place.Member.Role;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * One kind of misfortune.
 *
 * @param bed what it needs
 * @param script breaks things while people talk; what is dead at its end is started again by others
 */
public record Scenario(String name, String about, Bed bed, Consumer<Stage> script) {
    /** What a scenario needs. */
    public enum Bed {
        /** Redis forces every change to disk before it answers. */
        SAFE,
        /** Redis forces its changes to disk once a second. */
        EVERY_SECOND,
        /** Every process has a network of its own. */
        APART
    }

    private static final Duration STOPPED = Duration.ofSeconds(15);

    /** All that there are. */
    public static final List<Scenario> ALL = List.of(
            safe("kill-gateway", "kill -9 of a gateway", stage -> Kills.gateway(stage)),
            safe("kill-messaging", "kill -9 of a messaging service", stage -> Kills.member(stage, Role.MESSAGING)),
            safe("kill-presence", "kill -9 of a presence service", stage -> Kills.member(stage, Role.PRESENCE)),
            safe("kill-redis", "kill -9 of Redis, which comes back with its file", Kills::redis),
            new Scenario(
                    "power",
                    "Redis loses what it had not forced to disk, up to a second",
                    Bed.EVERY_SECOND,
                    Kills::power),
            safe("stop-gateway", "a gateway stands still for 15 s", stage -> Stops.gateway(stage, STOPPED)),
            safe(
                    "stop-messaging",
                    "a messaging service stands still for 15 s",
                    stage -> Stops.member(stage, Role.MESSAGING, STOPPED)),
            safe(
                    "stop-presence",
                    "a presence service stands still for 15 s",
                    stage -> Stops.member(stage, Role.PRESENCE, STOPPED)),
            safe("stop-redis", "Redis stands still for 15 s", stage -> Stops.redis(stage, STOPPED)),
            new Scenario(
                    "split", "two processes cannot reach each other for 20 s", Bed.APART, stage -> Splits.pair(stage)),
            safe("reload", "HAProxy reads its configuration again", Moves::reload),
            safe("rolling", "all gateways are restarted, one after the other", Moves::rolling),
            safe("join", "a gateway joins", Moves::join),
            safe("scale", "messaging, presence and gateways go from three to one and back", Moves::scale));

    /** What the ordinary tests play. */
    public static final Scenario BRIEF = safe("brief", "a gateway and a messaging service are killed", Kills::brief);

    private static Scenario safe(String name, String about, Consumer<Stage> script) {
        return new Scenario(name, about, Bed.SAFE, script);
    }

    /** @throws IllegalArgumentException with a line for the user */
    public static Scenario of(String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown scenario " + name + "; see --help."));
    }
}
