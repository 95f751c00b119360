package io.continuo.messaging;

import io.continuo.common.node.Launcher;
import io.continuo.common.node.ServiceRole;

/** Runs one process of the messaging service. */
public final class MessagingMain {
    private MessagingMain() {}

    public static void main(String[] args) {
        Launcher.run(
                new ServiceRole(
                        "messaging-service",
                        "conversations, messages, histories",
                        (node, proof) -> i -> new MessagingVerticle(
                                node.settings(),
                                node.id() + "." + i,
                                node.meters().registry(),
                                proof)),
                args);
    }
}
