package io.continuo.chaos.fault;

import io.continuo.chaos.place.Cluster;
import io.continuo.chaos.place.Member;
import io.continuo.chaos.place.Member.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What operators do on purpose. */
final class Moves {
    private static final Duration EVEN_WITHIN = Duration.ofMinutes(2);

    private Moves() {}

    static void reload(Stage stage) {
        for (int i = 0; i < 3; i++) {
            stage.note("reload of HAProxy");
            stage.cluster().balancer().reload();
            stage.pause(1_000, 4_000);
        }
    }

    static void rolling(Stage stage) {
        for (Member gateway : stage.cluster().all(Role.GATEWAY)) {
            stage.note("SIGTERM " + gateway);
            gateway.stop();
            gateway.start();
            gateway.awaitReady();
            stage.note(gateway + " is back");
            stage.pause(1_000, 2_000);
        }
    }

    static void join(Stage stage) {
        Member fresh = stage.cluster().add(Role.GATEWAY).awaitReady();
        stage.cluster().balanceAll();
        stage.note(fresh + " has joined");
        boolean even = stage.crowd().awaitEven(stage.cluster().all(Role.GATEWAY).size(), EVEN_WITHIN);
        if (!even) {
            stage.course()
                    .unmet("the gateways did not become even: " + stage.crowd().spread());
        }
        stage.note("clients on each gateway: " + stage.crowd().spread());
        remove(stage, List.of(fresh));
    }

    static void scale(Stage stage) {
        Cluster cluster = stage.cluster();
        List<Member> extra = new ArrayList<>();
        for (Role role : Role.values()) {
            int more = 3 - cluster.all(role).size();
            for (int i = 0; i < more; i++) {
                extra.add(cluster.add(role));
            }
        }
        extra.forEach(Member::awaitReady);
        stage.note("three of each: " + cluster.members());
        stage.pause(3_000, 5_000);
        List<Member> gone = new ArrayList<>();
        for (Role role : Role.values()) {
            List<Member> all = cluster.all(role);
            gone.addAll(all.subList(1, all.size()));
        }
        for (Member member : gone) {
            stage.note("SIGTERM " + member);
            member.stop();
        }
        stage.note("one of each");
        stage.pause(3_000, 5_000);
        gone.stream().filter(member -> !extra.contains(member)).forEach(Member::start);
        cluster.members().stream().filter(Member::isAlive).forEach(Member::awaitReady);
        stage.note("all are back");
        stage.pause(2_000, 4_000);
        extra.forEach(cluster::forget);
    }

    private static void remove(Stage stage, List<Member> members) {
        for (Member member : members) {
            stage.note("SIGTERM " + member);
            stage.cluster().remove(member);
        }
        stage.cluster().balanceAll();
        stage.pause(1_000, 2_000);
    }
}
