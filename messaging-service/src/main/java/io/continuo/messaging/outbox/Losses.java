package io.continuo.messaging.outbox;

import io.continuo.common.model.UserId;
import io.continuo.common.redis.RedisLink;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.history.HistoryStore;
import io.continuo.messaging.history.Rollbacks;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Has those told of a loss whose own histories do not show it: who has been answered that a change is stored, and, where a
 * Redis Cluster keeps histories on other servers than the partition, who was told of a change that is gone.
 *
 * <p>Threading: lives on its verticle's event loop.
 */
public final class Losses {
    private final OutboxStore outbox;
    private final HistoryStore history;
    private final Rollbacks rollbacks;
    private final Map<Integer, Heard> heard = new HashMap<>();

    public Losses(RedisLink redis, HistoryStore history, Rollbacks rollbacks) {
        outbox = new OutboxStore(redis);
        this.history = history;
        this.rollbacks = rollbacks;
    }

    /** Some clients were told of a partition's change. */
    void heard(int partition, long stamp, List<HistoryStore.Appended> clients) {
        if (outbox.isApartFromHistories()) {
            Heard some = heard.computeIfAbsent(partition, first -> new Heard());
            clients.stream()
                    .map(HistoryStore.Appended::user)
                    .filter(user -> !UserId.isCanary(user))
                    .forEach(user -> some.note(user, stamp));
        }
    }

    /** The partition has another owner. */
    void forget(int partition) {
        heard.remove(partition);
    }

    /**
     * A partition has lost what came after {@code left}, up to {@code known}: has its stamps go on after that, and puts into
     * its outbox whom to tell.
     *
     * @param acknowledged users whose changes after {@code left} were acknowledged and have reached no history
     */
    Future<Void> tell(int partition, long left, long known, Collection<String> acknowledged) {
        Heard all = heard.computeIfAbsent(partition, first -> new Heard());
        return history.whoKept(partition, left, all.after(left)).compose(kept -> {
            Set<String> users = new LinkedHashSet<>(kept);
            users.addAll(acknowledged);
            List<EventRef.ChangesLost> told = new ArrayList<>(users.size());
            users.forEach(user -> told.add(new EventRef.ChangesLost(user)));
            return outbox.mourn(partition, known, told).onSuccess(done -> {
                rollbacks.partition();
                users.forEach(user -> rollbacks.client());
                all.forgetAfter(left);
            });
        });
    }
}
