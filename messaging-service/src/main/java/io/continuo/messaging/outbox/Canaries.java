package io.continuo.messaging.outbox;

import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Event;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.history.EventRef;
import io.vertx.core.Future;
import java.util.List;

/** Sends what gateway loops watch for on the way of every change: by the outbox into a history, and so to the loop. */
public final class Canaries {
    private static final Script SING =
            Script.load(Canaries.class, "/io/continuo/messaging/conversation/outbox.lua", "sing.lua");

    private final RedisLink redis;
    private final Outbox outbox;

    public Canaries(RedisLink redis, Outbox outbox) {
        this.redis = redis;
        this.outbox = outbox;
    }

    /** Answers as soon as it is stored. */
    public Future<Reply> sing(HistoryRequest.Sing request) {
        int partition = request.partition();
        EventRef ref = new EventRef.CanarySang(request.user(), request.number());
        return redis.run(SING, List.of(Keys.stamp(partition), Keys.outbox(partition)), ref.text())
                .map(answer -> {
                    long stamp = answer.get(0).toLong();
                    long before = answer.get(1).toLong();
                    outbox.accepted(
                            new Accepted(partition, stamp, before, ref),
                            new Event.CanarySang(request.user(), request.number()));
                    return Reply.Done.INSTANCE;
                });
    }
}
