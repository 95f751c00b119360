package io.continuo.presence.typing;

import io.continuo.common.model.Person;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Names and pictures of users, as of at most five seconds ago. */
final class People {
    private static final Duration LIFE = Duration.ofSeconds(5);
    private static final int CAPACITY = 10_000;

    private final RedisLink redis;
    private final BriefCache<String, Person> cache = new BriefCache<>(LIFE, CAPACITY);

    People(RedisLink redis) {
        this.redis = redis;
    }

    Future<Person> find(String user) {
        return cache.get(user, this::read);
    }

    private Future<Person> read(String user) {
        Request request = Request.cmd(Command.HMGET)
                .arg(Keys.identity(user))
                .arg("displayName")
                .arg("avatarUrl");
        return redis.send(request)
                .map(Objects::requireNonNull)
                .map(fields -> new Person(user, text(fields.get(0)), text(fields.get(1))));
    }

    private static String text(@Nullable Response field) {
        return field == null ? "" : field.toString();
    }
}
