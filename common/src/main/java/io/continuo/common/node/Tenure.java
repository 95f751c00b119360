package io.continuo.common.node;

import io.continuo.common.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's time in its role: with one node, and with another one whenever the cluster has gone on without the one
 * before. Safe for use by several threads; its methods block.
 */
final class Tenure {
    private static final Logger log = LoggerFactory.getLogger(Tenure.class);

    private final Role role;
    private Node node;
    private volatile boolean ending;

    /** @throws StartException when the first node cannot be started */
    Tenure(Role role, Settings given) {
        this.role = role;
        this.node = Node.start(role, given, this::separated);
    }

    /** Waits until the node is ready, and says so. */
    void awaitReady() throws InterruptedException {
        Node current = current();
        current.awaitReady();
        System.out.println(role.title() + " is ready: " + role.address(current));
    }

    private synchronized Node current() {
        return node;
    }

    /** Ends the process. A stop on demand is a success, though the JVM by itself would report the signal. */
    void end() {
        ending = true;
        synchronized (this) {
            node.stop();
        }
        Runtime.getRuntime().halt(0);
    }

    /** Nobody reaches the node any more: it stops in order, and another one joins the cluster. */
    private void separated() {
        Thread.ofPlatform().name("join again").start(() -> {
            try {
                renew();
                awaitReady();
            } catch (StartException impossible) {
                log.error("Cannot join again: {}", impossible.getMessage());
                Runtime.getRuntime().halt(1);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private synchronized void renew() {
        if (ending) {
            return;
        }
        log.warn("Leaving the cluster and joining it again");
        Settings settings = node.settings();
        if (!node.stop()) {
            throw new StartException("something did not stop in order");
        }
        node = Node.start(role, settings, this::separated);
    }
}
