package io.continuo.messaging.webhook;

import io.continuo.common.model.Webhook;
import io.continuo.common.model.WebhookStatus;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.conversation.StoredJson;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/**
 * The registered webhooks of all apps in Redis: {@code webhooks}, a hash, holds for each its registration as JSON and, as
 * {@code <id>:status}, its status and why.
 */
final class WebhookStore {
    private static final String STATUS = ":status";
    private static final Script SET_STATUS = Script.load(WebhookStore.class, "status.lua");

    private final RedisLink redis;

    WebhookStore(RedisLink redis) {
        this.redis = redis;
    }

    Future<List<Webhook>> all() {
        return redis.send(Request.cmd(Command.HGETALL).arg(Keys.webhooks())).map(WebhookStore::webhooks);
    }

    Future<Void> put(Webhook webhook) {
        return redis.send(Request.cmd(Command.HSET)
                        .arg(Keys.webhooks())
                        .arg(webhook.id())
                        .arg(StoredJson.text(webhook))
                        .arg(webhook.id() + STATUS)
                        .arg(text(webhook.status(), webhook.statusReason())))
                .mapEmpty();
    }

    Future<Void> remove(String id) {
        return redis.send(Request.cmd(Command.HDEL).arg(Keys.webhooks()).arg(id).arg(id + STATUS))
                .mapEmpty();
    }

    /** Sets a status, whatever it was before. */
    Future<Void> set(String id, WebhookStatus status, String reason) {
        return set(id, status, reason, "").mapEmpty();
    }

    /** Sets a status unless it is not {@code before} any more; answers whether it did. */
    Future<Boolean> set(String id, WebhookStatus before, WebhookStatus status, String reason) {
        return set(id, status, reason, before.name());
    }

    private Future<Boolean> set(String id, WebhookStatus status, String reason, String before) {
        return redis.run(SET_STATUS, List.of(Keys.webhooks()), id, text(status, reason), before)
                .map(answer -> answer.toInteger() == 1);
    }

    private static List<Webhook> webhooks(Response hash) {
        List<Webhook> webhooks = new ArrayList<>();
        for (String field : hash.getKeys()) {
            Response status = hash.get(field + STATUS);
            if (!field.endsWith(STATUS) && status != null) {
                webhooks.add(webhook(hash.get(field).toString(), status.toString()));
            }
        }
        return webhooks;
    }

    private static Webhook webhook(String json, String status) {
        int space = status.indexOf(' ');
        return StoredJson.read(json, Webhook.class)
                .with(WebhookStatus.valueOf(status.substring(0, space)), status.substring(space + 1));
    }

    private static String text(WebhookStatus status, String reason) {
        return status.name() + " " + reason;
    }
}
