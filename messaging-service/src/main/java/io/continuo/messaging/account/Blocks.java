package io.continuo.messaging.account;

import io.continuo.common.model.BlockChange;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Who has blocked whom (protocol/layer.md §14.1): {@code {u:<user>}:blocks}, a sorted set, and a field
 * {@code b:<blocked>} of the user's client hash for each.
 */
public final class Blocks {
    private static final int AT_ONCE = 100;
    private static final Script CHANGE = Script.load(Blocks.class, "change_blocks.lua");

    private final RedisLink redis;

    public Blocks(RedisLink redis) {
        this.redis = redis;
    }

    /** The field of the client hash that tells whether its user has blocked {@code other}. */
    public static String field(String other) {
        return "b:" + other;
    }

    /** Carries out one change after another. */
    Future<Void> change(String user, List<BlockChange> changes) {
        List<Object> steps = new ArrayList<>();
        for (BlockChange change : changes) {
            if (change.kind() == BlockChange.Kind.SET) {
                steps.addAll(List.of("clear", ""));
            }
            String step = change.kind() == BlockChange.Kind.REMOVE ? "remove" : "add";
            change.users().stream()
                    .filter(other -> !other.equals(user))
                    .forEach(other -> steps.addAll(List.of(step, other)));
        }
        return steps.isEmpty()
                ? Future.succeededFuture()
                : redis.run(CHANGE, List.of(Keys.blocks(user), Keys.client(user)), steps.toArray())
                        .mapEmpty();
    }

    Future<Boolean> hasBlocked(String user, String other) {
        return redis.send(Request.cmd(Command.HEXISTS).arg(Keys.client(user)).arg(field(other)))
                .map(answer -> answer.toInteger() == 1);
    }

    /** All whom {@code user} has blocked, newest first. */
    Future<List<String>> list(String user) {
        return redis.send(Request.cmd(Command.ZRANGE)
                        .arg(Keys.blocks(user))
                        .arg(0)
                        .arg(-1)
                        .arg("REV"))
                .map(answer -> answer.stream().map(Response::toString).toList());
    }

    /** Whether {@code user} has blocked one of {@code others}, or one of them the user. Nobody blocks a backend. */
    public Future<Boolean> stands(String user, List<String> others) {
        List<String> people = others.stream()
                .filter(other -> !other.equals(user) && !UserId.isBackend(other))
                .toList();
        if (UserId.isBackend(user) || people.isEmpty()) {
            return Future.succeededFuture(false);
        }
        List<Request> requests = new ArrayList<>(people.size() + people.size() / AT_ONCE + 1);
        for (int from = 0; from < people.size(); from += AT_ONCE) {
            Request own = Request.cmd(Command.HMGET).arg(Keys.client(user));
            people.subList(from, Math.min(people.size(), from + AT_ONCE)).forEach(other -> own.arg(field(other)));
            requests.add(own);
        }
        people.forEach(other ->
                requests.add(Request.cmd(Command.HMGET).arg(Keys.client(other)).arg(field(user))));
        return redis.batch(requests)
                .map(answers -> answers.stream()
                        .anyMatch(answer -> answer != null && answer.stream().anyMatch(Objects::nonNull)));
    }
}
