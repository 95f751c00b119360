package io.continuo.standalone.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.LoginRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.bus.UserRequest;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.login.HashOutcome;
import io.continuo.gateway.login.HashOutcome.Known;
import io.continuo.gateway.login.HashOutcome.Refused;
import io.continuo.gateway.login.Hashes;
import io.continuo.messaging.MessagingVerticle;
import io.continuo.redis.EmbeddedRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who comes in with a name and a password, and what ends it (protocol/atmosphere.md §6.1, §6.8). */
class LoginsIT {
    private static EmbeddedRedis redis;
    private static Vertx vertx;
    private static Context loop;
    private static ServiceClient services;
    private static Authenticator authenticator;
    private static Hashes hashes;
    /** Of another node. */
    private static Hashes elsewhere;

    @BeforeAll
    static void start() {
        redis = EmbeddedRedis.temporary();
        vertx = Vertx.vertx();
        RecordCodec.register(vertx);
        Settings settings = Settings.of(Map.of(
                "CONTINUO_REDIS", redis.uri(),
                "CONTINUO_SESSION_SECRET", "a secret that is just for the tests",
                "CONTINUO_PASSWORD_ROUNDS", "10000"));
        get(vertx.deployVerticle(new MessagingVerticle(settings, "m", new SimpleMeterRegistry())));
        services = new ServiceClient(vertx, new Partitions(64));
        authenticator = get(Authenticator.create(vertx, settings.auth()));
        loop = vertx.getOrCreateContext();
        hashes = on(() -> Future.succeededFuture(new Hashes(vertx, services, authenticator)));
        elsewhere = on(() -> Future.succeededFuture(new Hashes(vertx, services, authenticator)));
    }

    @AfterAll
    static void stop() {
        get(vertx.close());
        redis.close();
    }

    @Test
    void aLoginGetsAHashThatTellsWhoComes() {
        set("ana", "Ana@X.test", "secret1");
        Reply.LoggedIn in = (Reply.LoggedIn) logIn("ana@x.TEST ", "secret1");
        assertThat(in.hash()).matches("[0-9a-f]{32}");
        assertThat(known(in.hash()).user()).isEqualTo("ana");
        assertThat(known(in.hash()).apiKey()).isFalse();
        assertThat(code(logIn("ana@x.test", "secret2"))).isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThat(code(logIn("nobody@x.test", "secret1"))).isEqualTo(ErrorCode.ACCESS_DENIED);
    }

    @Test
    void whatIsNoHashIsRefused() {
        assertThat(refused("")).isEqualTo(3);
        assertThat(refused("short")).isEqualTo(3);
        assertThat(refused("0123456789abcdef0123456789abcdef")).isEqualTo(4);
        assertThat(refused("not.a.token")).isEqualTo(3);
    }

    @Test
    void aSessionTokenOfOursIsAHashToo() {
        String token = authenticator.issue("ines", Duration.ofMinutes(1)).token();
        Known ines = known(token);
        assertThat(ines.user()).isEqualTo("ines");
        AtomicInteger ended = watch(elsewhere, ines);
        ask(new SessionRequest.RevokeSession("ines", ines.key(), ines.expiresAtMs()));
        await().atMost(1, TimeUnit.SECONDS).until(() -> ended.get() == 1);
        assertThat(refused(token)).isEqualTo(4);
    }

    @Test
    void afterTooManyAttemptsNobodyIsLetIn() {
        set("bea", "bea@x.test", "secret1");
        for (int i = 0; i < 10; i++) {
            assertThat(code(logIn("bea@x.test", "wrong-" + i))).isEqualTo(ErrorCode.ACCESS_DENIED);
        }
        assertThat(code(logIn("bea@x.test", "secret1"))).isEqualTo(ErrorCode.RATE_LIMIT_EXCEEDED);
    }

    @Test
    void whoLogsOutIsOutOnAllNodesAtOnce() {
        set("cleo", "cleo@x.test", "secret1");
        String one = hash("cleo@x.test", "secret1");
        String other = hash("cleo@x.test", "secret1");
        AtomicInteger ended = watch(elsewhere, known(one));
        AtomicInteger staying = watch(elsewhere, known(other));
        ask(new LoginRequest.EndHash("cleo", known(one).key()));
        await().atMost(1, TimeUnit.SECONDS).until(() -> ended.get() == 1);
        assertThat(refused(one)).isEqualTo(4);
        assertThat(known(other).user()).isEqualTo("cleo");
        assertThat(staying).hasValue(0);
    }

    @Test
    void anotherPasswordEndsLoginsButNotApiKeys() {
        set("dan", "dan@x.test", "secret1");
        String hash = hash("dan@x.test", "secret1");
        String key = ((Reply.ApiKeyMade) ask(new LoginRequest.CreateApiKey("dan", "my fleet"))).key();
        AtomicInteger login = watch(hashes, known(hash));
        AtomicInteger apiKey = watch(hashes, known(key));
        set("dan", "dan@x.test", "secret2");
        await().atMost(1, TimeUnit.SECONDS).until(() -> login.get() == 1);
        assertThat(refused(hash)).isEqualTo(4);
        assertThat(known(key).apiKey()).isTrue();
        assertThat(apiKey).hasValue(0);
        assertThat(known(hash("dan@x.test", "secret2")).user()).isEqualTo("dan");
    }

    @Test
    void suspensionShutsOutApiKeysTooAndDeletionForGood() {
        set("eve", "eve@x.test", "secret1");
        String hash = hash("eve@x.test", "secret1");
        String key = ((Reply.ApiKeyMade) ask(new LoginRequest.CreateApiKey("eve", ""))).key();
        AtomicInteger ended = watch(hashes, known(key));
        ask(new UserRequest.ChangeUser("eve", List.of(), true));
        await().atMost(1, TimeUnit.SECONDS).until(() -> ended.get() == 1);
        assertThat(refused(key)).isEqualTo(276);
        assertThat(code(logIn("eve@x.test", "secret1"))).isEqualTo(ErrorCode.USER_SUSPENDED);
        ask(new UserRequest.ChangeUser("eve", List.of(), false));
        assertThat(known(key).user()).isEqualTo("eve");
        ask(new LoginRequest.DeleteLogin("eve"));
        assertThat(List.of(refused(key), refused(hash))).containsExactly(4, 4);
        assertThat(code(logIn("eve@x.test", "secret1"))).isEqualTo(ErrorCode.ACCESS_DENIED);
    }

    @Test
    void aLoginIsOneUsersAndMayBeInactive() {
        set("fay", "fay@x.test", "secret1");
        assertThat(code(ask(new LoginRequest.SetLogin("", "gus", "FAY@x.test", "secret1", true))))
                .isEqualTo(ErrorCode.CONFLICT);
        ask(new LoginRequest.SetLogin("", "fay", "fay@x.test", null, false));
        assertThat(code(logIn("fay@x.test", "secret1"))).isEqualTo(ErrorCode.INVALID_OPERATION);
        set("fay", "fay2@x.test", "secret1");
        assertThat(code(logIn("fay@x.test", "secret1"))).isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThat(logIn("fay2@x.test", "secret1")).isInstanceOf(Reply.LoggedIn.class);
    }

    @Test
    void aUserHasTwentyApiKeysAtMost() {
        List<Reply> made = IntStream.range(0, 21)
                .mapToObj(i -> ask(new LoginRequest.CreateApiKey("hal", "key " + i)))
                .toList();
        assertThat(code(made.getLast())).isEqualTo(ErrorCode.CONFLICT);
        List<Reply.ApiKey> keys = ((Reply.ApiKeys) ask(new LoginRequest.ListApiKeys("hal"))).keys();
        assertThat(keys).hasSize(20).extracting(Reply.ApiKey::label).contains("key 19");
        Reply.ApiKeyMade first = (Reply.ApiKeyMade) made.getFirst();
        ask(new LoginRequest.DeleteApiKey("hal", first.apiKey().id()));
        assertThat(refused(first.key())).isEqualTo(4);
        assertThat(ask(new LoginRequest.CreateApiKey("hal", ""))).isInstanceOf(Reply.ApiKeyMade.class);
    }

    private static void set(String user, String login, String password) {
        assertThat(ask(new LoginRequest.SetLogin("", user, login, password, true)))
                .isEqualTo(Reply.Done.INSTANCE);
    }

    private static Reply logIn(String login, String password) {
        return ask(new LoginRequest.LogIn("", login, password));
    }

    private static String hash(String login, String password) {
        return ((Reply.LoggedIn) logIn(login, password)).hash();
    }

    private static Known known(String hash) {
        return (Known) on(() -> hashes.authenticate(hash));
    }

    private static int refused(String hash) {
        HashOutcome outcome = on(() -> hashes.authenticate(hash));
        return outcome instanceof Refused refused ? refused.code() : 0;
    }

    private static AtomicInteger watch(Hashes where, Known hash) {
        AtomicInteger ended = new AtomicInteger();
        on(() -> Future.succeededFuture(where.watch(hash, ended::incrementAndGet)));
        return ended;
    }

    private static @Nullable ErrorCode code(Reply reply) {
        return reply instanceof Reply.Failure failure ? failure.code() : null;
    }

    private static Reply ask(MessagingRequest request) {
        return get(services.ask(request));
    }

    private static <T> T on(Supplier<Future<T>> action) {
        return get(Future.future(done -> loop.runOnContext(go -> action.get().onComplete(done))));
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
