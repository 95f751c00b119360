package io.continuo.chaos.fault;

import io.continuo.chaos.place.Member;
import io.continuo.chaos.place.Member.Role;
import java.time.Duration;

/** Processes that stand still, and go on as if nothing had happened: those must do no harm. */
final class Stops {
    private Stops() {}

    static void gateway(Stage stage, Duration time) {
        Member victim = stage.any(Role.GATEWAY);
        stage.haunt(victim);
        hold(stage, victim, time, stage.crowd()::cutLeavers);
    }

    static void member(Stage stage, Role role, Duration time) {
        hold(stage, stage.any(role), time, () -> {});
    }

    private static void hold(Stage stage, Member victim, Duration time, Runnable meanwhile) {
        stage.note("SIGSTOP " + victim);
        victim.signal("STOP");
        meanwhile.run();
        stage.pause(time);
        victim.signal("CONT");
        stage.note("SIGCONT " + victim);
        stage.pause(5_000, 8_000);
    }

    static void redis(Stage stage, Duration time) {
        stage.note("SIGSTOP redis");
        stage.cluster().redis().signal("STOP");
        stage.pause(time);
        stage.cluster().redis().signal("CONT");
        stage.note("SIGCONT redis");
        stage.pause(3_000, 5_000);
    }
}
