package io.continuo.messaging.login;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.LoginRequest;
import io.continuo.common.bus.LoginRequest.HashKind;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.Reply.ApiKey;
import io.continuo.common.bus.Reply.HashFacts;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.account.Accounts;
import io.continuo.messaging.identity.Sessions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Logins by name and password, and the hashes that people and programs then come with (protocol/atmosphere.md §6.1). What
 * ends a user's sessions ends what they got by logging in; API keys outlive that, but not the suspension of the user.
 */
public final class Logins {
    private static final int MOST_ATTEMPTS = 10;
    private static final Duration ATTEMPTS_WITHIN = Duration.ofMinutes(5);
    private static final int HASH_BYTES = 16;
    private static final Script COUNT = Script.load(Logins.class, "count_attempt.lua");
    private static final Script SET = Script.load(Logins.class, "set_login.lua");
    private static final Script DROP = Script.load(Logins.class, "drop_login.lua");
    private static final Reply WRONG = Reply.Failure.of(ErrorCode.ACCESS_DENIED, "Wrong login or password.");

    private final RedisLink redis;
    private final EventBus bus;
    private final Accounts accounts;
    private final Sessions sessions;
    private final HashStore hashes;
    private final Passwords passwords;
    private final SecureRandom random = new SecureRandom();

    /** @param passwordRounds how much work it is to try a password */
    public Logins(Vertx vertx, RedisLink redis, Accounts accounts, Sessions sessions, int passwordRounds) {
        this.redis = redis;
        this.bus = vertx.eventBus();
        this.accounts = accounts;
        this.sessions = sessions;
        this.hashes = new HashStore(redis);
        this.passwords = new Passwords(vertx, passwordRounds);
    }

    public Future<Reply> execute(LoginRequest request) {
        return switch (request) {
            case LoginRequest.SetLogin set -> set(set).recover(Logins::busy);
            case LoginRequest.DeleteLogin delete -> delete(delete.user());
            case LoginRequest.LogIn logIn -> logIn(logIn).recover(Logins::busy);
            case LoginRequest.CheckHashes check -> check(check.digests());
            case LoginRequest.RenewHash renew -> hashes.renew(renew.digest()).map(Reply.Done.INSTANCE);
            case LoginRequest.EndHash end -> end(end.user(), end.digest(), null);
            case LoginRequest.CreateApiKey create -> createKey(create);
            case LoginRequest.ListApiKeys list -> listKeys(list.user());
            case LoginRequest.DeleteApiKey delete -> deleteKey(delete);
        };
    }

    /** A login has one spelling, however it is typed. */
    private static String spelled(String login) {
        return login.strip().toLowerCase(Locale.ROOT);
    }

    private Future<Reply> set(LoginRequest.SetLogin request) {
        String login = spelled(request.login());
        String key = Keys.login(request.app(), login);
        Future<String> stored = request.password() == null
                ? Future.succeededFuture("")
                : passwords.stored(Objects.requireNonNull(request.password()));
        return stored.compose(text -> redis.run(SET, List.of(key), request.user(), text, request.active() ? 1 : 0))
                .compose(done -> switch (Objects.requireNonNull(done).toInteger()) {
                    case 0 ->
                        Future.succeededFuture(
                                Reply.Failure.ofProperty(ErrorCode.CONFLICT, "login", "Another user has this login."));
                    case -1 ->
                        Future.succeededFuture(Reply.Failure.ofProperty(
                                ErrorCode.MISSING_PROPERTY, "password", "password is missing."));
                    default -> adopt(request, login);
                });
    }

    /** The user has this login only; with another password all that came of the old one is over. */
    private Future<Reply> adopt(LoginRequest.SetLogin request, String login) {
        Request swap = Request.cmd(Command.SET)
                .arg(Keys.loginOf(request.user()))
                .arg(login)
                .arg("GET");
        return redis.send(swap)
                .compose(before -> before == null || before.toString().equals(login)
                        ? Future.succeededFuture()
                        : redis.run(DROP, List.of(Keys.login(request.app(), before.toString())), request.user()))
                .compose(one -> request.password() == null && request.active()
                        ? Future.succeededFuture(Reply.Done.INSTANCE)
                        : sessions.revokeAll(new SessionRequest.RevokeSessions(request.user())));
    }

    private Future<Reply> delete(String user) {
        return redis.send(Request.cmd(Command.GET).arg(Keys.loginOf(user)))
                .compose(login -> login == null
                        ? Future.succeededFuture(Reply.Failure.of(ErrorCode.NOT_FOUND, "This user has no login."))
                        : redis.run(DROP, List.of(Keys.login(UserId.app(user), login.toString())), user)
                                .compose(dropped ->
                                        redis.send(Request.cmd(Command.DEL).arg(Keys.loginOf(user))))
                                .compose(gone -> hashes.keys(user))
                                .compose(keys -> Future.join(keys.stream()
                                        .map(key -> end(
                                                user, key.digest(), key.key().id()))
                                        .toList()))
                                .compose(ended -> sessions.revokeAll(new SessionRequest.RevokeSessions(user))));
    }

    private Future<Reply> logIn(LoginRequest.LogIn request) {
        String login = spelled(request.login());
        String attempts = Keys.loginAttempts(request.app(), login);
        return redis.run(COUNT, List.of(attempts), MOST_ATTEMPTS, ATTEMPTS_WITHIN.toMillis())
                .compose(through -> Objects.requireNonNull(through).toInteger() == 0
                        ? Future.succeededFuture(Reply.Failure.of(
                                ErrorCode.RATE_LIMIT_EXCEEDED, "Too many attempts; wait some minutes."))
                        : redis.send(Request.cmd(Command.HMGET)
                                        .arg(Keys.login(request.app(), login))
                                        .arg("user")
                                        .arg("password")
                                        .arg("active"))
                                .map(Objects::requireNonNull)
                                .compose(fields -> passwords
                                        .isRight(
                                                request.password(),
                                                Optional.ofNullable(fields.get(1))
                                                        .map(Response::toString))
                                        .compose(right -> right
                                                ? redis.send(Request.cmd(Command.DEL)
                                                                .arg(attempts))
                                                        .compose(forgotten -> admit(fields))
                                                : Future.succeededFuture(WRONG))));
    }

    private Future<Reply> admit(Response fields) {
        String user = fields.get(0).toString();
        if (!fields.get(2).toString().equals("1")) {
            return Future.succeededFuture(
                    Reply.Failure.of(ErrorCode.INVALID_OPERATION, "This login is not activated."));
        }
        return accounts.isSuspended(user).compose(suspended -> {
            if (suspended) {
                return Future.succeededFuture(Accounts.suspended());
            }
            String hash = fresh();
            return redis.send(Request.cmd(Command.TIME))
                    .map(Objects::requireNonNull)
                    // A hash that begins in the millisecond in which others were ended is one of the new ones.
                    .map(time -> time.get(0).toLong() * 1_000 + time.get(1).toLong() / 1_000 + 1)
                    .compose(began -> hashes.addLogin(user, digest(hash), began))
                    .map(added -> added
                            ? new Reply.LoggedIn(user, hash)
                            : Reply.Failure.of(ErrorCode.CONFLICT, "This user is logged in too often."));
        });
    }

    /** Those that are worth something now. */
    private Future<Reply> check(List<String> digests) {
        return hashes.find(digests)
                .compose(found -> Future.all(found.stream().map(this::alive).toList()))
                .map(alive -> new Reply.HashesFound(alive.list()));
    }

    private Future<HashFacts> alive(Optional<HashFacts> found) {
        if (found.isEmpty()) {
            return Future.succeededFuture(HashFacts.NONE);
        }
        HashFacts facts = found.get();
        Future<Boolean> suspended = accounts.isSuspended(facts.user());
        Future<Response> ended = redis.send(Request.cmd(Command.GET).arg(Keys.sessionsEnded(facts.user())));
        return Future.all(suspended, ended).map(all -> {
            boolean over = facts.kind() == HashKind.LOGIN
                    && ended.result() != null
                    && facts.beganMs() <= ended.result().toLong();
            return over ? HashFacts.NONE : suspended.result() ? facts.whenSuspended() : facts;
        });
    }

    private Future<Reply> end(String user, String digest, @Nullable String keyId) {
        return hashes.end(user, digest, keyId).map(gone -> {
            bus.publish(Addresses.GATEWAYS, new GatewayMessage.EndSession(digest));
            return Reply.Done.INSTANCE;
        });
    }

    private Future<Reply> createKey(LoginRequest.CreateApiKey request) {
        String hash = fresh();
        ApiKey key = new ApiKey(UUID.randomUUID().toString(), request.label(), System.currentTimeMillis());
        return hashes.addKey(request.user(), key, digest(hash))
                .map(added -> added
                        ? new Reply.ApiKeyMade(key, hash)
                        : Reply.Failure.of(
                                ErrorCode.CONFLICT,
                                "This user has " + HashStore.MOST_KEYS + " API keys already; delete one first."));
    }

    private Future<Reply> listKeys(String user) {
        return hashes.keys(user)
                .map(keys -> new Reply.ApiKeys(keys.stream()
                        .map(HashStore.Listed::key)
                        .sorted(Comparator.comparingLong(ApiKey::createdAtMs).thenComparing(ApiKey::id))
                        .toList()));
    }

    private Future<Reply> deleteKey(LoginRequest.DeleteApiKey request) {
        return hashes.keys(request.user())
                .compose(keys -> keys.stream()
                        .filter(key -> key.key().id().equals(request.id()))
                        .findFirst()
                        .map(key -> end(request.user(), key.digest(), request.id()))
                        .orElseGet(() -> Future.succeededFuture(
                                Reply.Failure.of(ErrorCode.NOT_FOUND, "There is no such API key."))));
    }

    private String fresh() {
        byte[] bytes = new byte[HASH_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String digest(String hash) {
        return LoginRequest.CheckHashes.digest(hash);
    }

    private static Future<Reply> busy(Throwable failure) {
        return failure instanceof Passwords.Busy
                ? Future.succeededFuture(
                        Reply.Failure.of(ErrorCode.SERVICE_UNAVAILABLE, "Too many log in at once; try again."))
                : Future.failedFuture(failure);
    }
}
