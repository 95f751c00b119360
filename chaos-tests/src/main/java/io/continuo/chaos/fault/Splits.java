package io.continuo.chaos.fault;

import io.continuo.chaos.place.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Processes that live, but do not hear each other. */
final class Splits {
    private static final Duration TIME = Duration.ofSeconds(20);

    private Splits() {}

    static void pair(Stage stage) {
        List<Member> all = new ArrayList<>(stage.cluster().members());
        Collections.shuffle(all, stage.random());
        Member one = all.get(0);
        Member other = all.get(1);
        stage.note("cut " + one + " from " + other);
        stage.cluster().cut(one, other);
        stage.pause(TIME);
        stage.cluster().heal();
        stage.note("healed");
        stage.pause(Duration.ofSeconds(20));
    }
}
