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
import io.continuo.common.settings.Settings;
import io.continuo.gateway.subject.SubjectFeed;
import io.continuo.presence.PresenceVerticle;
import io.continuo.redis.EmbeddedRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real Redis, two instances of the presence service and the feeds of some gateway loops. */
final class Theatre implements AutoCloseable {
    private static final long SWEEP_MS = 300;

    final List<SubjectFeed> feeds = new ArrayList<>();
    private final EmbeddedRedis redis = EmbeddedRedis.temporary();
    private final Vertx vertx = Vertx.vertx();
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
