package io.continuo.messaging.login;

import io.continuo.common.bus.LoginRequest.HashKind;
import io.continuo.common.bus.Reply.ApiKey;
import io.continuo.common.bus.Reply.HashFacts;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hashes in Redis, never as they are: {@link Keys#hash} by digest says whose it is. A login's lives for 30 days without
 * use, an API key's until it is deleted. Beside the user stands which there are: {@link Keys#loginHashes},
 * {@link Keys#apiKeys}. Those of logins end with the user's sessions.
 */
final class HashStore {
    static final int MOST_KEYS = 20;
    static final int MOST_LOGINS = 100;
    private static final Script ADD_KEY = Script.load(HashStore.class, "add_api_key.lua");
    private static final Duration IDLE = Duration.ofDays(30);

    private final RedisLink redis;

    HashStore(RedisLink redis) {
        this.redis = redis;
    }

    /** False when the user has too many already. */
    Future<Boolean> addLogin(String user, String digest, long beganMs) {
        return redis.send(Request.cmd(Command.ZCARD).arg(Keys.loginHashes(user)))
                .compose(count -> Objects.requireNonNull(count).toInteger() < MOST_LOGINS
                        ? Future.succeededFuture(true)
                        : forgetDead(user))
                .compose(room -> room
                        ? redis.batch(List.of(
                                        Request.cmd(Command.ZADD)
                                                .arg(Keys.loginHashes(user))
                                                .arg(beganMs)
                                                .arg(digest),
                                        Request.cmd(Command.PEXPIRE)
                                                .arg(Keys.loginHashes(user))
                                                .arg(IDLE.multipliedBy(12).toMillis())))
                                .compose(listed -> write(user, digest, HashKind.LOGIN, beganMs))
                                .map(true)
                        : Future.succeededFuture(false));
    }

    /** Whether there is room for one more then. */
    private Future<Boolean> forgetDead(String user) {
        return redis.send(Request.cmd(Command.ZRANGE)
                        .arg(Keys.loginHashes(user))
                        .arg(0)
                        .arg(-1))
                .compose(all -> {
                    List<String> digests = Objects.requireNonNull(all).stream()
                            .map(Response::toString)
                            .toList();
                    return find(digests).compose(found -> {
                        Request forget = Request.cmd(Command.ZREM).arg(Keys.loginHashes(user));
                        List<String> dead = new ArrayList<>();
                        for (int i = 0; i < digests.size(); i++) {
                            if (found.get(i).isEmpty()) {
                                dead.add(digests.get(i));
                            }
                        }
                        dead.forEach(forget::arg);
                        return dead.isEmpty()
                                ? Future.succeededFuture(false)
                                : redis.send(forget).map(true);
                    });
                });
    }

    /** False when the user has too many already. */
    Future<Boolean> addKey(String user, ApiKey key, String digest) {
        return redis.run(
                        ADD_KEY,
                        List.of(Keys.apiKeys(user)),
                        MOST_KEYS,
                        key.id(),
                        digest + " " + key.createdAtMs() + " " + key.label())
                .compose(added -> Objects.requireNonNull(added).toInteger() == 1
                        ? write(user, digest, HashKind.API_KEY, key.createdAtMs())
                                .map(true)
                        : Future.succeededFuture(false));
    }

    /** The user's API keys by digest, in no order. */
    Future<List<Listed>> keys(String user) {
        return redis.send(Request.cmd(Command.HGETALL).arg(Keys.apiKeys(user))).map(all -> {
            List<Listed> keys = new ArrayList<>();
            for (String id : Objects.requireNonNull(all).getKeys()) {
                String[] words = all.get(id).toString().split(" ", 3);
                keys.add(new Listed(words[0], new ApiKey(id, words[2], Long.parseLong(words[1]))));
            }
            return keys;
        });
    }

    /** Worth nothing from now on. */
    Future<Void> end(String user, String digest, @Nullable String keyId) {
        return redis.send(Request.cmd(Command.DEL).arg(Keys.hash(digest)))
                .compose(gone -> redis.send(
                        keyId == null
                                ? Request.cmd(Command.ZREM)
                                        .arg(Keys.loginHashes(user))
                                        .arg(digest)
                                : Request.cmd(Command.HDEL)
                                        .arg(Keys.apiKeys(user))
                                        .arg(keyId)))
                .mapEmpty();
    }

    /** Lives for another while. */
    Future<Void> renew(String digest) {
        return redis.send(Request.cmd(Command.PEXPIRE).arg(Keys.hash(digest)).arg(IDLE.toMillis()))
                .mapEmpty();
    }

    /** Whose they are, as far as they themselves tell, in their order. */
    Future<List<Optional<HashFacts>>> find(List<String> digests) {
        return redis.batch(digests.stream()
                        .map(digest -> Request.cmd(Command.HMGET)
                                .arg(Keys.hash(digest))
                                .arg("user")
                                .arg("kind")
                                .arg("began"))
                        .toList())
                .map(answers -> answers.stream()
                        .map(Objects::requireNonNull)
                        .map(HashStore::facts)
                        .toList());
    }

    private static Optional<HashFacts> facts(Response fields) {
        return fields.get(0) == null
                ? Optional.empty()
                : Optional.of(new HashFacts(
                        fields.get(0).toString(),
                        HashKind.valueOf(fields.get(1).toString()),
                        fields.get(2).toLong()));
    }

    private Future<Void> write(String user, String digest, HashKind kind, long beganMs) {
        List<Request> requests = new ArrayList<>(List.of(Request.cmd(Command.HSET)
                .arg(Keys.hash(digest))
                .arg("user")
                .arg(user)
                .arg("kind")
                .arg(kind.name())
                .arg("began")
                .arg(beganMs)));
        if (kind == HashKind.LOGIN) {
            requests.add(Request.cmd(Command.PEXPIRE).arg(Keys.hash(digest)).arg(IDLE.toMillis()));
        }
        return redis.batch(requests).mapEmpty();
    }

    /** An API key as it is listed. */
    record Listed(String digest, ApiKey key) {}
}
