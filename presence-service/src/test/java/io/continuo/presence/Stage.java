package io.continuo.presence;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Signal;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.Loops;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.Settings;
import io.continuo.farm.Topology;
import io.continuo.redis.EmbeddedRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** A bus, a real Redis, and gateway loops that only listen. */
public final class Stage implements AutoCloseable {
    private final Topology.Chosen chosen = Topology.chosen();
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Settings settings = Settings.of(chosen.settings());
    private final RedisLink redis;

    public Stage() {
        RecordCodec.register(vertx);
        redis = await(Future.future(promise -> context.runOnContext(
                go -> RedisLink.open(vertx, settings.redis()).onComplete(promise))));
    }

    public Vertx vertx() {
        return vertx;
    }

    public Settings settings() {
        return settings;
    }

    public EmbeddedRedis embedded() {
        assumeThat(chosen.servers())
                .as("a Redis of our own, which can be killed")
                .isInstanceOf(EmbeddedRedis.class);
        return (EmbeddedRedis) chosen.servers();
    }

    /** What {@code doing} something with Redis, on the event loop of the connection, leads to. */
    public <T> T with(Function<RedisLink, Future<T>> doing) {
        return await(Future.future(
                promise -> context.runOnContext(go -> doing.apply(redis).onComplete(promise))));
    }

    public void redis(Command command, Object... args) {
        Request request = Request.cmd(command);
        for (Object arg : args) {
            request.arg(arg.toString());
        }
        with(link -> link.send(request).map("sent"));
    }

    private final Map<String, String> loopsOf = new HashMap<>();
    private final Set<String> hanging = ConcurrentHashMap.newKeySet();

    /** From now on a loop takes nothing, or does so again. */
    public void hang(String loop, boolean hangs) {
        if (hangs) {
            hanging.add(loop);
        } else {
            hanging.remove(loop);
        }
    }

    /** A loop of a living gateway that holds a connection of each of these users. */
    public BlockingQueue<GatewayMessage.Relay> loop(String node, String... users) {
        redis(Command.SET, Keys.node(node), 1);
        String loop = Addresses.loop(node, 0);
        for (String user : users) {
            String loops = loopsOf.merge(user, loop + "=1", (one, other) -> one + " " + other);
            redis(Command.HSET, Keys.client(user), Loops.FIELD, loops);
        }
        BlockingQueue<GatewayMessage.Relay> heard = new LinkedBlockingQueue<>();
        Map<String, Long> shown = new ConcurrentHashMap<>();
        await(vertx.eventBus()
                .<GatewayMessage>consumer(loop, message -> {
                    if (hanging.contains(loop)) {
                        return;
                    }
                    relays(message.body()).stream()
                            .filter(relay -> isNews(relay, shown))
                            .forEach(heard::add);
                    message.reply(Reply.Done.INSTANCE);
                })
                .completion());
        return heard;
    }

    /** As a gateway does, leaves out what comes twice or late. */
    private static boolean isNews(GatewayMessage.Relay relay, Map<String, Long> shown) {
        if (!(relay.signal() instanceof Signal.Presence presence)) {
            return true;
        }
        String place = presence.userId() + relay.users();
        boolean news = shown.getOrDefault(place, 0L) < presence.changedAt();
        if (news) {
            shown.put(place, presence.changedAt());
        }
        return news;
    }

    private static List<GatewayMessage.Relay> relays(GatewayMessage message) {
        return switch (message) {
            case GatewayMessage.Relay relay -> List.of(relay);
            case GatewayMessage.Relays relays -> relays.relays();
            default -> throw new IllegalStateException("Not a signal: " + message);
        };
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        with(link -> link.close().map("closed"));
        await(vertx.close());
        chosen.close();
    }
}
