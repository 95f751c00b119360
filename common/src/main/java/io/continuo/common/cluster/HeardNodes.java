package io.continuo.common.cluster;

import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.impl.clustered.DefaultNodeSelector;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Has the bus send to those who are heard, where several listen to an address. Where nobody who listens is heard, the
 * message goes to one of them nevertheless, unless somebody elsewhere can do it as well. What is published goes to all.
 *
 * <p>Who listens is asked of the cluster once, the first time; it may owe the answer for a minute when a link has just
 * been broken. What somebody elsewhere can do does not wait for that. Safe for all threads.
 */
final class HeardNodes extends DefaultNodeSelector {
    /** Others send to the same address in between and take turns with us: so often a node is chosen anew. */
    private static final int TRIES = 16;
    /** How long the cluster may take to tell who listens. */
    private static final long PATIENCE_MS = 500;

    private final Hearing hearing;
    private final Predicate<String> isReplaceable;
    /** Replaceable addresses of which the cluster does not tell who listens. */
    private final Set<String> untold = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Vertx vertx;

    /** @param isReplaceable whether what is sent to an address can be sent elsewhere when nobody listens there */
    HeardNodes(Hearing hearing, Predicate<String> isReplaceable) {
        this.hearing = hearing;
        this.isReplaceable = isReplaceable;
    }

    /** From now on it does not wait for the cluster. */
    void start(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public void selectForSend(String address, Completable<String> chosen) {
        if (!isReplaceable.test(address)) {
            choose(address, chosen);
        } else if (untold.contains(address)) {
            chosen.succeed(null);
        } else {
            chooseInTime(address, chosen);
        }
    }

    private void chooseInTime(String address, Completable<String> chosen) {
        Choice choice = new Choice(address, chosen);
        choose(address, choice);
        Vertx clock = vertx;
        if (clock != null && !choice.made.get()) {
            clock.setTimer(PATIENCE_MS, late -> choice.doWithout());
        }
    }

    private void choose(String address, Completable<String> chosen) {
        if (hearing.isAnySilent()) {
            choose(address, TRIES, chosen);
        } else {
            super.selectForSend(address, chosen);
        }
    }

    private void choose(String address, int tries, Completable<String> chosen) {
        super.selectForSend(address, (node, failure) -> {
            if (node == null || !hearing.isSilent(node)) {
                chosen.complete(node, failure);
            } else if (tries > 1) {
                choose(address, tries - 1, chosen);
            } else {
                chosen.succeed(isReplaceable.test(address) ? null : node);
            }
        });
    }

    /** What the cluster tells, or that it did not tell in time. */
    private final class Choice implements Completable<String> {
        private final String address;
        private final Completable<String> chosen;
        private final AtomicBoolean made = new AtomicBoolean();

        Choice(String address, Completable<String> chosen) {
            this.address = address;
            this.chosen = chosen;
        }

        @Override
        public void complete(@Nullable String node, @Nullable Throwable failure) {
            if (made.compareAndSet(false, true)) {
                chosen.complete(node, failure);
            } else {
                untold.remove(address);
            }
        }

        void doWithout() {
            untold.add(address);
            if (made.compareAndSet(false, true)) {
                chosen.succeed(null);
            } else {
                untold.remove(address);
            }
        }
    }
}
