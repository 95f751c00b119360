package io.continuo.messaging.account;

import static io.continuo.common.bus.ErrorCode.NOT_FOUND;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.UserRequest;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.messaging.history.HistoryStore;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users as their app's backend sees them: blocks, suspension and badge (protocol/layer.md §14.1). */
public final class Accounts {
    private static final Reply NOT_BLOCKED = Reply.Failure.of(NOT_FOUND, "You have not blocked this user.");
    /** Fields of the client hash. */
    private static final String SUSPENDED = "suspended";

    private static final String BADGE = "badge";
    private static final String UNREAD = "u:";

    private final RedisLink redis;
    private final EventBus bus;
    private final Blocks blocks;
    private final HistoryStore history;

    public Accounts(RedisLink redis, EventBus bus, Blocks blocks, HistoryStore history) {
        this.redis = redis;
        this.bus = bus;
        this.blocks = blocks;
        this.history = history;
    }

    public Future<Reply> change(UserRequest.ChangeUser request) {
        Boolean suspended = request.suspended();
        return blocks.change(request.user(), request.blocks())
                .compose(changed -> suspended == null ? Future.succeededFuture() : suspend(request.user(), suspended))
                .map(Reply.Done.INSTANCE);
    }

    /** Stored first: a socket that opens meanwhile is refused, or is there to be closed. */
    private Future<Void> suspend(String user, boolean suspended) {
        Request request = suspended
                ? Request.cmd(Command.HSET)
                        .arg(Keys.client(user))
                        .arg(SUSPENDED)
                        .arg(1)
                : Request.cmd(Command.HDEL).arg(Keys.client(user)).arg(SUSPENDED);
        return redis.send(request).map(stored -> {
            if (suspended) {
                bus.publish(Addresses.GATEWAYS, new GatewayMessage.SuspendUser(user));
            }
            return null;
        });
    }

    public Future<Reply> get(UserRequest.GetUser request) {
        return isSuspended(request.user()).map(suspended -> new Reply.UserFound(request.user(), suspended));
    }

    public Future<Boolean> isSuspended(String user) {
        return redis.send(Request.cmd(Command.HEXISTS).arg(Keys.client(user)).arg(SUSPENDED))
                .map(answer -> answer.toInteger() == 1);
    }

    /** The answer to a suspended user. */
    public static Reply suspended() {
        return Reply.Failure.of(ErrorCode.USER_SUSPENDED, "This user is suspended.");
    }

    public Future<Reply> check(UserRequest.CheckBlock request) {
        return blocks.hasBlocked(request.user(), request.other())
                .map(blocked -> blocked ? Reply.Done.INSTANCE : NOT_BLOCKED);
    }

    public Future<Reply> list(UserRequest.ListBlocks request) {
        return history.tail(request.user())
                .compose(tail -> blocks.list(request.user()).map(all -> {
                    int from = request.after() == null ? 0 : all.indexOf(request.after()) + 1;
                    if (request.after() != null && from == 0) {
                        return NOT_BLOCKED;
                    }
                    int to = Math.min(all.size(), from + request.pageSize());
                    return new Reply.UserPage(List.copyOf(all.subList(from, to)), all.size(), tail);
                }));
    }

    public Future<Reply> set(UserRequest.SetBadge request) {
        return redis.send(Request.cmd(Command.HSET)
                        .arg(Keys.client(request.user()))
                        .arg(BADGE)
                        .arg(request.external()))
                .map(Reply.Done.INSTANCE);
    }

    public Future<Reply> get(UserRequest.GetBadge request) {
        return redis.send(Request.cmd(Command.HGETALL).arg(Keys.client(request.user())))
                .map(Accounts::badge);
    }

    private static Reply badge(Response client) {
        int conversations = 0;
        int messages = 0;
        for (String field : client.getKeys()) {
            int unread = field.startsWith(UNREAD) ? number(client.get(field)) : 0;
            conversations += unread > 0 ? 1 : 0;
            messages += unread;
        }
        return new Reply.BadgeFound(number(client.get(BADGE)), conversations, messages);
    }

    private static int number(@Nullable Response value) {
        return value == null ? 0 : value.toInteger();
    }
}
