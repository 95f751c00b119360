package io.continuo.presence.visit;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Visits in Redis: {@link Keys#visit}, which lives for a while after the last news of it. Of several loops that have
 * claimed a visit only the last one can change it.
 */
public final class Visits {
    private static final Script CLAIM = Script.load(Visits.class, "claim.lua");
    private static final Script KEEP = Script.load(Visits.class, "keep.lua");
    private static final Script END = Script.load(Visits.class, "end.lua");
    private static final Reply UNKNOWN = Reply.Failure.of(ErrorCode.NOT_FOUND, "There is no such visit.");
    private static final Reply CLAIMED = Reply.Failure.of(ErrorCode.CONFLICT, "Another loop has claimed the visit.");

    private final RedisLink redis;

    public Visits(RedisLink redis) {
        this.redis = redis;
    }

    public Future<Reply> claim(PresenceRequest.ClaimVisit request) {
        return redis.run(CLAIM, key(request.id()), request.home(), request.lifeSeconds())
                .map(answer -> {
                    Response claimed = Objects.requireNonNull(answer);
                    return new Reply.VisitClaimed(
                            claimed.get(0).toLong(), text(claimed, 1), text(claimed, 2), text(claimed, 3));
                });
    }

    public Future<Reply> keep(PresenceRequest.KeepVisit request) {
        return redis.run(
                        KEEP,
                        key(request.id()),
                        request.number(),
                        request.home(),
                        request.state(),
                        request.cursor(),
                        request.lifeSeconds())
                .map(kept -> Objects.requireNonNull(kept).toInteger() == 1 ? Reply.Done.INSTANCE : CLAIMED);
    }

    public Future<Reply> find(PresenceRequest.FindVisit request) {
        return redis.send(
                        Request.cmd(Command.HGET).arg(Keys.visit(request.id())).arg("home"))
                .map(Visits::home);
    }

    public Future<Reply> end(PresenceRequest.EndVisit request) {
        return redis.run(END, key(request.id())).map(Visits::home);
    }

    private static Reply home(@Nullable Response home) {
        return home == null ? UNKNOWN : new Reply.VisitFound(home.toString());
    }

    private static List<String> key(String id) {
        return List.of(Keys.visit(id));
    }

    private static String text(Response list, int index) {
        return list.get(index).toString();
    }
}
