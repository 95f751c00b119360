package io.continuo.presence;

import io.continuo.common.node.Launcher;
import io.continuo.common.node.ServiceRole;

/** Runs one process of the presence service. */
public final class PresenceMain {
    private PresenceMain() {}

    public static void main(String[] args) {
        Launcher.run(
                new ServiceRole(
                        "presence-service",
                        "who is there, and who is writing",
                        (node, proof) -> i -> new PresenceVerticle(node.settings(), node.id() + "." + i, proof)),
                args);
    }
}
