package io.continuo.standalone.subject;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SubjectRequest;
import io.continuo.common.model.Subject;
import io.continuo.common.model.SubjectId;
import io.continuo.common.model.SubjectWrite;
import io.continuo.common.model.SubjectWrite.FactsPatch;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.Loops;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.subject.SubjectFeed;
import io.continuo.presence.PresenceVerticle;
import io.continuo.redis.EmbeddedRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real Redis, two instances of the presence service and the feeds of some gateway loops. */
final class Theatre implements AutoCloseable {
    private static final long SWEEP_MS = 300;
    /** In whose keys scripts put the ids. */
    private static final SubjectId ANY = new SubjectId("", 4_242_424_242L);

    final List<SubjectFeed> feeds = new ArrayList<>();
    private final EmbeddedRedis redis = EmbeddedRedis.temporary();
    private final Vertx vertx = Vertx.vertx();
    private final Redis commands = Redis.createClient(vertx, redis.uri());
    private final List<Context> contexts = new ArrayList<>();
    private final ServiceClient services = new ServiceClient(vertx, new Partitions(64));

    Theatre(int loops) {
        RecordCodec.register(vertx);
        Settings settings = Settings.of(Map.of("CONTINUO_REDIS", redis.uri()));
        await(vertx.deployVerticle(new PresenceVerticle(settings)));
        await(vertx.deployVerticle(new PresenceVerticle(settings)));
        for (int i = 0; i < loops; i++) {
            Context context = vertx.getOrCreateContext();
            contexts.add(context);
            SubjectFeed feed = new SubjectFeed(vertx, Addresses.loop("g" + i, 0), services, SWEEP_MS);
            feeds.add(feed);
            on(i, () -> await0(feed.start()));
        }
    }

    /** Ends a loop without a word, as a gateway that is killed. */
    void kill(int loop) {
        await(on(loop, () -> feeds.get(loop).stop()));
    }

    /** The gateway loops that are noted at a subject. */
    String loopsOf(long id) {
        Response loops = await(commands.send(Request.cmd(Command.HGET)
                .arg(Keys.subject(new SubjectId("", id)))
                .arg(Loops.FIELD)));
        return loops == null ? "" : loops.toString();
    }

    /** The gateway loops that want to know what somebody may see. */
    String loopsOf(String user) {
        return String.valueOf(await(commands.send(Request.cmd(Command.HKEYS).arg(Keys.subjectsLoops(user)))));
    }

    /** Makes many subjects at once, all with a state as of some time in the past. */
    void fleet(String owner, long first, long last, Duration ago, String state) {
        run("""
                for id = ARGV[1], ARGV[2] do
                    redis.call('HSET', ARGV[4]:gsub('@', id), 'v', ARGV[3], 'fv', ARGV[3], 'sv', ARGV[3], 'source', id + 1000,
                        'label', '', 'owner', ARGV[6], 'shared', '', 'standing', 'OPEN', 'state', ARGV[7])
                    redis.call('ZADD', ARGV[5], ARGV[3], id)
                end""", first, last, micros(ago), Keys.subject(ANY), Keys.subjects(owner), owner, state);
    }

    /** Blocks them all at once, now. */
    void blockFleet(long first, long last) {
        run("""
                for id = ARGV[1], ARGV[2] do
                    redis.call('HSET', ARGV[4]:gsub('@', id), 'v', ARGV[3], 'fv', ARGV[3], 'standing', 'BLOCKED')
                    redis.call('RPUSH', ARGV[5]:gsub('@', id), ARGV[3] .. ' BLOCK')
                end""", first, last, micros(Duration.ZERO), Keys.subject(ANY), Keys.subjectLifecycle(ANY));
    }

    private void run(String script, Object... args) {
        Request request = Request.cmd(Command.EVAL).arg(script).arg(0);
        for (Object arg : args) {
            request.arg(arg.toString().replace(Long.toString(ANY.id()), "@"));
        }
        await(commands.send(request));
    }

    private static long micros(Duration ago) {
        return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis() - ago.toMillis());
    }

    private static Void await0(Future<Void> started) {
        return started.result();
    }

    /** Does something on a loop and waits until it is done. */
    <T> T on(int loop, Callable<T> action) {
        return await(Future.future(done -> contexts.get(loop).runOnContext(go -> {
            try {
                done.complete(action.call());
            } catch (Exception failure) {
                done.fail(failure);
            }
        })));
    }

    Future<Reply> ask(SubjectRequest request) {
        return services.ask(request);
    }

    void own(long id, String owner) {
        define(id, new FactsPatch(id + 1_000, "n" + id, owner, false, null, List.of(), List.of(), null));
    }

    void block(long id, boolean blocked) {
        define(id, new FactsPatch(null, null, null, false, null, List.of(), List.of(), blocked));
    }

    void share(long id, List<String> with, List<String> without) {
        define(id, new FactsPatch(null, null, null, false, null, with, without, null));
    }

    void define(long id, FactsPatch facts) {
        Reply reply = await(ask(new SubjectRequest.Define(new SubjectId("", id), true, facts, null)));
        if (!(reply instanceof Reply.SubjectFound)) {
            throw new AssertionError(reply);
        }
    }

    void delete(long id) {
        await(ask(new SubjectRequest.Delete(new SubjectId("", id))));
    }

    Future<Reply> write(
            long id, boolean replace, @Nullable String state, @Nullable String readings, @Nullable String iot) {
        return ask(new SubjectRequest.Write("", List.of(new SubjectWrite(id, replace, state, readings, iot))));
    }

    Subject stored(long id) {
        Reply reply = await(ask(new SubjectRequest.Get(UserId.backend(""), new SubjectId("", id))));
        return reply instanceof Reply.SubjectFound found ? found.subject() : Subject.none(new SubjectId("", id));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
        redis.close();
    }
}
