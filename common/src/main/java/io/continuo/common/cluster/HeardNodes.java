package io.continuo.common.cluster;

import io.vertx.core.Completable;
import io.vertx.core.eventbus.impl.clustered.DefaultNodeSelector;
import java.util.function.Predicate;

/**
 * Has the bus send to those who are heard, where several listen to an address. Where nobody who listens is heard, the
 * message goes to one of them nevertheless, unless somebody elsewhere can do it as well. What is published goes to all.
 */
final class HeardNodes extends DefaultNodeSelector {
    /** Others send to the same address in between and take turns with us: so often a node is chosen anew. */
    private static final int TRIES = 16;

    private final Hearing hearing;
    private final Predicate<String> isReplaceable;

    /** @param isReplaceable whether what is sent to an address can be sent elsewhere when nobody listens there */
    HeardNodes(Hearing hearing, Predicate<String> isReplaceable) {
        this.hearing = hearing;
        this.isReplaceable = isReplaceable;
    }

    @Override
    public void selectForSend(String address, Completable<String> chosen) {
        if (hearing.isAnySilent()) {
            select(address, TRIES, chosen);
        } else {
            super.selectForSend(address, chosen);
        }
    }

    private void select(String address, int tries, Completable<String> chosen) {
        super.selectForSend(address, (node, failure) -> {
            if (node == null || !hearing.isSilent(node)) {
                chosen.complete(node, failure);
            } else if (tries > 1) {
                select(address, tries - 1, chosen);
            } else {
                chosen.succeed(isReplaceable.test(address) ? null : node);
            }
        });
    }
}
