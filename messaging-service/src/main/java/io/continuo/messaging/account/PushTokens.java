package io.continuo.messaging.account;

import io.continuo.common.bus.Reply;
import io.continuo.common.bus.UserRequest;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.conversation.StoredJson;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;

/**
 * Push tokens of users' devices (protocol/layer.md §13.10). A device has one, whoever uses it; a user at most 25, of
 * which the one that was given longest ago falls out.
 */
public final class PushTokens {
    private static final int MOST_DEVICES = 25;
    private static final Script SAVE = Script.load(PushTokens.class, "save_push_token.lua");

    private final RedisLink redis;

    public PushTokens(RedisLink redis) {
        this.redis = redis;
    }

    public Future<Reply> save(UserRequest.SavePushToken request) {
        String user = request.user();
        String device = request.token().deviceId();
        Request own = Request.cmd(Command.SET)
                .arg(Keys.deviceOwner(UserId.app(user), device))
                .arg(user)
                .arg("GET");
        return redis.send(own)
                .compose(before -> before == null || before.toString().equals(user)
                        ? Future.succeededFuture()
                        : forget(before.toString(), device))
                .compose(free -> redis.run(
                        SAVE,
                        List.of(Keys.devices(user), Keys.pushTokens(user)),
                        device,
                        StoredJson.text(request.token()),
                        MOST_DEVICES))
                .map(Reply.Done.INSTANCE);
    }

    public Future<Reply> delete(UserRequest.DeletePushToken request) {
        return forget(request.user(), request.deviceId()).map(Reply.Done.INSTANCE);
    }

    private Future<Void> forget(String user, String device) {
        return redis.batch(List.of(
                        Request.cmd(Command.ZREM).arg(Keys.devices(user)).arg(device),
                        Request.cmd(Command.HDEL).arg(Keys.pushTokens(user)).arg(device)))
                .mapEmpty();
    }
}
