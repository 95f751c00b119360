package io.continuo.common.node;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Deploys verticles one after the other, remembers how to undeploy them, and says plainly what went wrong. */
public final class Deployer {
    private static final int START_SECONDS = 30;

    private final Vertx vertx;
    private final Parts parts;

    Deployer(Vertx vertx, Parts parts) {
        this.vertx = vertx;
        this.parts = parts;
    }

    /** Deploys one instance. */
    public void deploy(String name, Deployable verticle) {
        deploy(name, List.of(verticle));
    }

    /** Deploys instances, each on an event loop of its own as long as there are enough, to be stopped all at once. */
    public void deploy(String name, List<? extends Deployable> verticles) {
        try {
            deployAll(name, verticles);
        } catch (Exception failure) {
            throw new StartException("Cannot start " + name + ": " + failure.getMessage());
        }
    }

    /** Deploys what listens on a port that {@code variable} sets. */
    public void listen(String name, String variable, int port, List<? extends Deployable> verticles) {
        try {
            deployAll(name, verticles);
        } catch (IOException failure) {
            boolean inUse = String.valueOf(failure.getMessage()).contains("in use");
            throw new StartException(
                    inUse
                            ? "Port " + port + " is in use already; choose another with " + variable + "."
                            : "Cannot listen on port " + port + " (" + variable + "): " + failure.getMessage());
        } catch (Exception failure) {
            throw new StartException("Cannot start " + name + ": " + failure.getMessage());
        }
    }

    private void deployAll(String name, List<? extends Deployable> verticles) throws Exception {
        List<String> deployed = new ArrayList<>();
        parts.add(
                name,
                limitMs -> Future.join(deployed.stream().map(vertx::undeploy).toList())
                        .await(limitMs, TimeUnit.MILLISECONDS));
        for (Deployable verticle : verticles) {
            deployed.add(await(vertx.deployVerticle(verticle)));
        }
    }

    static <T> T await(Future<T> future) throws Exception {
        try {
            return future.await(START_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            if (future.failed()) {
                throw new IllegalStateException("no answer in time", late);
            }
            throw new IllegalStateException("it took more than " + START_SECONDS + " s", late);
        }
    }
}
