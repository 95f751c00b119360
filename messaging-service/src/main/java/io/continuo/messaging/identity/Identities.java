package io.continuo.messaging.identity;

import io.continuo.common.model.Identity;
import io.continuo.common.model.Person;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.messaging.cache.RecentMap;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Users' profiles: {@code {u:<user>}:identity}, a hash of what is known. Everybody has one; a stranger's is empty. */
public final class Identities {
    private static final int REMEMBERED = 50_000;
    /** How long a changed name may go unnoticed on another instance. */
    private static final long FRESH_MS = 5_000;

    private final RedisLink redis;
    private final Map<String, Remembered> people = new RecentMap<>(REMEMBERED);

    private record Remembered(Person person, long untilMs) {}

    public Identities(RedisLink redis) {
        this.redis = redis;
    }

    /** What everybody may know of a user. */
    public Future<Person> person(String user) {
        Person known = remembered(user);
        return known != null
                ? Future.succeededFuture(known)
                : people(List.of(user)).map(List::getFirst);
    }

    /** What everybody may know of {@code users}, in their order. */
    public Future<List<Person>> people(List<String> users) {
        Map<String, Person> found = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String user : users) {
            Person known = remembered(user);
            if (known == null) {
                unknown.add(user);
            } else {
                found.put(user, known);
            }
        }
        return read(unknown).map(read -> {
            read.forEach(person -> found.put(person.userId(), person));
            return users.stream()
                    .map(user -> found.getOrDefault(user, Person.of(user)))
                    .toList();
        });
    }

    private Future<List<Person>> read(List<String> users) {
        if (users.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Request> requests = users.stream()
                .map(user -> Request.cmd(Command.HMGET)
                        .arg(Keys.identity(user))
                        .arg(StoredIdentity.DISPLAY_NAME)
                        .arg(StoredIdentity.AVATAR_URL))
                .toList();
        return redis.batch(requests).map(answers -> {
            List<Person> read = new ArrayList<>(users.size());
            for (int i = 0; i < users.size(); i++) {
                Response answer = answers.get(i);
                Person person = new Person(
                        users.get(i), StoredIdentity.text(answer.get(0)), StoredIdentity.text(answer.get(1)));
                remember(person);
                read.add(person);
            }
            return read;
        });
    }

    /** A user's whole profile: what is known of them, which may be nothing. */
    public Future<Identity> identity(String user) {
        return profiles(List.of(user)).map(List::getFirst);
    }

    /** The whole profiles of {@code users}, in their order. */
    public Future<List<Identity>> profiles(List<String> users) {
        if (users.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Request> requests = users.stream()
                .map(user -> Request.cmd(Command.HGETALL).arg(Keys.identity(user)))
                .toList();
        return redis.batch(requests).map(answers -> {
            List<Identity> read = new ArrayList<>(users.size());
            for (int i = 0; i < users.size(); i++) {
                read.add(StoredIdentity.read(users.get(i), Objects.requireNonNull(answers.get(i))));
            }
            return read;
        });
    }

    /** Whether a user had a profile and it was deleted. */
    Future<Boolean> wasDeleted(String user) {
        return redis.send(Request.cmd(Command.HEXISTS).arg(Keys.client(user)).arg("gone"))
                .map(answer -> answer.toInteger() == 1);
    }

    /** What is remembered of a user is not true any more. */
    void forget(String user) {
        people.remove(user);
    }

    /** Redis may have come back with less than it held. */
    public void forgetAll() {
        people.clear();
    }

    private @Nullable Person remembered(String user) {
        if (UserId.isNameOnly(user)) {
            return new Person(user, UserId.name(user), "");
        }
        Remembered known = people.get(user);
        return known != null && known.untilMs > System.currentTimeMillis() ? known.person : null;
    }

    private void remember(Person person) {
        people.put(person.userId(), new Remembered(person, System.currentTimeMillis() + FRESH_MS));
    }
}
