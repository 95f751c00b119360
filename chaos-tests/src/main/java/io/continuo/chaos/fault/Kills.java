package io.continuo.chaos.fault;

import io.continuo.chaos.place.Member;
import io.continuo.chaos.place.Member.Role;

/** Processes that end without a word. */
final class Kills {
    private Kills() {}

    static void gateway(Stage stage) {
        Member victim = stage.any(Role.GATEWAY);
        stage.haunt(victim);
        kill(stage, victim);
        stage.pause(1_000, 3_000);
        victim.start();
        victim.awaitReady();
        stage.pause(9_000, 10_000);
    }

    static void member(Stage stage, Role role) {
        Member victim = stage.any(role);
        kill(stage, victim);
        stage.pause(2_000, 8_000);
        victim.start();
        victim.awaitReady();
        stage.pause(1_000, 2_000);
    }

    /** Both at once; the other ones go on alone. */
    static void brief(Stage stage) {
        kill(stage, stage.any(Role.MESSAGING));
        kill(stage, stage.any(Role.GATEWAY));
        stage.pause(1_000, 2_000);
    }

    private static void kill(Stage stage, Member victim) {
        stage.note("kill -9 " + victim);
        victim.kill();
    }

    static void redis(Stage stage) {
        for (int i = 0; i < 2; i++) {
            stage.note("kill -9 redis");
            stage.cluster().redis().kill();
            stage.pause(200, 2_000);
            stage.cluster().redis().restart();
            stage.note("redis is back");
            stage.pause(3_000, 5_000);
        }
    }

    /** The file ends earlier than what clients have been told. */
    static void power(Stage stage) {
        stage.course().rollback();
        stage.note("kill -9 redis, without its last second");
        stage.cluster().redis().kill();
        stage.cluster().redis().forget(2_000 + stage.random().nextInt(60_000));
        stage.pause(200, 1_000);
        stage.cluster().redis().restart();
        stage.note("redis is back");
        stage.pause(6_000, 8_000);
    }
}
