package io.continuo.messaging.outbox;

import io.continuo.common.bus.Partitions;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.history.EventRef;
import io.vertx.core.Future;
import java.util.List;

/**
 * The way of users' changes into the outbox. They are noted in the user's slot and put into a partition's outbox in a
 * second step; should somebody die in between, whoever notes or repeats a change of that user next makes up for it.
 */
public final class UserOutbox {
    private static final int MOST_AT_ONCE = 1_000;
    private static final Script ANNOUNCE =
            Script.load(UserOutbox.class, "/io/continuo/messaging/conversation/outbox.lua", "announce_changes.lua");

    private final RedisLink redis;
    private final Partitions partitions;
    private final Outbox outbox;

    public UserOutbox(RedisLink redis, Partitions partitions, Outbox outbox) {
        this.redis = redis;
        this.partitions = partitions;
        this.outbox = outbox;
    }

    /**
     * Ends when all of a user's changes up to {@code number} are in the outbox and, as far as they were not there before,
     * in all histories (see {@link Outbox#settled}).
     */
    public Future<Void> announce(String user, long number) {
        if (number == 0) {
            return Future.succeededFuture();
        }
        int partition = partitions.of(user);
        List<String> keys = List.of(Keys.userNumbers(partition), Keys.stamp(partition), Keys.outbox(partition));
        return redis.run(ANNOUNCE, keys, user, number, MOST_AT_ONCE).compose(answer -> {
            if (answer.size() == 0) {
                return Future.succeededFuture();
            }
            Accepted accepted = new Accepted(
                    partition, answer.get(0).toLong(), answer.get(1).toLong(), new EventRef.UserChanged(user, number));
            outbox.accepted(accepted);
            return outbox.settled(accepted);
        });
    }
}
