package io.continuo.messaging.identity;

import io.continuo.common.model.Identity;
import io.continuo.common.model.Person;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.messaging.cache.RecentMap;
import io.continuo.messaging.conversation.StoredJson;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Users' profiles: {@code {u:<user>}:identity}, a hash of what is known. Everybody has one; a stranger's is empty. */
public final class Identities {
    private static final int REMEMBERED = 50_000;
    /** How long a changed name may go unnoticed on another instance. */
    private static final long FRESH_MS = 5_000;

    private static final List<String> FIELDS = List.of(
            "displayName",
            "avatarUrl",
            "firstName",
            "lastName",
            "phoneNumber",
            "emailAddress",
            "publicKey",
            "metadata");

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
                        .arg("displayName")
                        .arg("avatarUrl"))
                .toList();
        return redis.batch(requests).map(answers -> {
            List<Person> read = new ArrayList<>(users.size());
            for (int i = 0; i < users.size(); i++) {
                Response answer = answers.get(i);
                Person person = new Person(users.get(i), text(answer.get(0)), text(answer.get(1)));
                remember(person);
                read.add(person);
            }
            return read;
        });
    }

    /** A user's whole profile. */
    public Future<Identity> identity(String user) {
        Request request = Request.cmd(Command.HMGET).arg(Keys.identity(user));
        FIELDS.forEach(request::arg);
        return redis.send(request)
                .map(answer -> new Identity(
                        new Person(user, text(answer.get(0)), text(answer.get(1))),
                        text(answer.get(2)),
                        text(answer.get(3)),
                        text(answer.get(4)),
                        text(answer.get(5)),
                        text(answer.get(6)),
                        StoredJson.map(text(answer.get(7)))));
    }

    /** Takes over what a login tells of a user; what it does not tell stays. */
    public Future<Void> refresh(Identity identity) {
        Person person = identity.person();
        Map<String, String> told = new LinkedHashMap<>();
        List<String> values = List.of(
                person.displayName(),
                person.avatarUrl(),
                identity.firstName(),
                identity.lastName(),
                identity.phoneNumber(),
                identity.emailAddress(),
                identity.publicKey(),
                identity.metadata().isEmpty() ? "" : StoredJson.text(identity.metadata()));
        for (int i = 0; i < FIELDS.size(); i++) {
            if (!values.get(i).isEmpty()) {
                told.put(FIELDS.get(i), values.get(i));
            }
        }
        people.remove(person.userId());
        if (told.isEmpty()) {
            return Future.succeededFuture();
        }
        Request request = Request.cmd(Command.HSET).arg(Keys.identity(person.userId()));
        told.forEach((field, value) -> request.arg(field).arg(value));
        return redis.send(request).mapEmpty();
    }

    /** Makes {@code users} follow each other, as those who share a conversation do (protocol/layer.md §13.8). */
    public List<Request> followEachOther(List<String> users) {
        List<Request> requests = new ArrayList<>(users.size() * 2);
        for (String user : users) {
            Request following = Request.cmd(Command.SADD).arg(Keys.following(user));
            Request followers = Request.cmd(Command.SADD).arg(Keys.followers(user));
            users.stream().filter(other -> !other.equals(user)).forEach(other -> {
                following.arg(other);
                followers.arg(other);
            });
            requests.add(following);
            requests.add(followers);
        }
        return requests;
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

    private static String text(@Nullable Response value) {
        return value == null ? "" : value.toString();
    }
}
