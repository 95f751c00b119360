package io.continuo.common.redis;

import io.continuo.common.settings.RedisSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.RequestImpl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pipelined connection to Redis, or one to each primary of a Redis Cluster, that comes back by itself. While a server
 * is away every call to it fails at once with {@link RedisDown}: nothing is queued.
 *
 * <p>Threading: belongs to the event loop that opened it.
 */
public final class RedisLink {
    private static final int CONNECT_MS = 3_000;

    private final Servers servers;
    private final RedisMetrics metrics;
    private final RedisSettings settings;

    private RedisLink(Servers servers, RedisMetrics metrics, RedisSettings settings) {
        this.servers = servers;
        this.metrics = metrics;
        this.settings = settings;
        servers.onReconnect(metrics::reconnected);
    }

    /** Opens a link; fails when Redis cannot be reached now. */
    public static Future<RedisLink> open(Vertx vertx, RedisSettings settings, MeterRegistry meters) {
        RedisLink link = new RedisLink(servers(vertx, settings), new RedisMetrics(meters), settings);
        return link.servers.open().map(link).onFailure(away -> link.servers.close());
    }

    /** The same, and counts nothing. */
    public static Future<RedisLink> open(Vertx vertx, RedisSettings settings) {
        return open(vertx, settings, new CompositeMeterRegistry());
    }

    private static Servers servers(Vertx vertx, RedisSettings settings) {
        Function<String, Redis> clients = uri -> Redis.createClient(vertx, options(settings, uri));
        return switch (RedisAddress.parse(settings.uri())) {
            case RedisAddress.Server server -> new OneServer(vertx, clients, new Whereabouts.Fixed(server.uri()));
            case RedisAddress.Cluster cluster -> new SlotServers(vertx, clients, cluster);
            case RedisAddress.Sentinels sentinels ->
                new OneServer(
                        vertx,
                        clients,
                        new SentinelWhereabouts(
                                vertx,
                                sentinels,
                                sentinels.sentinels().stream()
                                        .map(one -> sentinel(
                                                vertx,
                                                settings,
                                                sentinels.servers().plainUri(one)))
                                        .toList()));
        };
    }

    private static Redis sentinel(Vertx vertx, RedisSettings settings, String uri) {
        RedisOptions options = options(settings, uri);
        settings.sentinelPassword().ifPresent(options::setPassword);
        return Redis.createClient(vertx, options);
    }

    private static RedisOptions options(RedisSettings settings, String uri) {
        NetClientOptions net = new NetClientOptions()
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true)
                .setConnectTimeout(CONNECT_MS)
                .setHostnameVerificationAlgorithm("HTTPS");
        settings.ca().ifPresent(ca -> net.setTrustOptions(new PemTrustOptions().addCertPath(ca)));
        return new RedisOptions()
                .setNetClientOptions(net)
                .setConnectionString(uri)
                .setMaxWaitingHandlers(settings.maxPipelined())
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1);
    }

    /**
     * Runs {@code action} after each time a connection has come back, or another server has taken the place of one, before
     * anything is sent over it. What Redis holds then may be less than it held.
     */
    public void onReconnect(Runnable action) {
        servers.onReconnect(action);
    }

    /** Sends one command. */
    public Future<@Nullable Response> send(Request request) {
        assert isInOneSlot(request) : "a Redis Cluster would refuse " + request;
        return metrics.watch(servers.send(request));
    }

    /**
     * Sends several commands at once; the answers come in their order. What concerns one slot is done in this order too.
     * Fails as a whole if one of them fails.
     */
    public Future<List<@Nullable Response>> batch(List<Request> requests) {
        assert requests.stream().allMatch(RedisLink::isInOneSlot) : "a Redis Cluster would refuse " + requests;
        return metrics.watch(servers.batch(requests));
    }

    /** The command that runs {@code script}; its arguments may be strings, numbers or bytes. */
    public static Request call(Script script, List<String> keys, Object... args) {
        return fill(Request.cmd(Command.EVALSHA).arg(script.sha()), keys, args);
    }

    /** Runs {@code script}; sends its source when Redis does not know it (any more). */
    public Future<@Nullable Response> run(Script script, List<String> keys, Object... args) {
        assert isInOneSlot(call(script, keys, args)) : "a Redis Cluster would refuse " + keys;
        return runForGroup(script, keys, args);
    }

    /** The same for the keys of one of the {@link #groups}. */
    public Future<@Nullable Response> runForGroup(Script script, List<String> keys, Object... args) {
        return metrics.watch(servers.send(call(script, keys, args)))
                .recover(failure -> RedisFailures.isUnknownScript(failure)
                        ? metrics.watch(
                                servers.send(fill(Request.cmd(Command.EVAL).arg(script.source()), keys, args)))
                        : Future.failedFuture(failure));
    }

    /**
     * Ends when what was written and answered until now is as durable as {@code CONTINUO_REDIS_WAIT} demands; at once by
     * default. Fails with {@link RedisDown} when that takes too long: it may be durable nevertheless.
     */
    public Future<Void> confirm() {
        int replicas = settings.waitReplicas();
        return replicas == 0 ? Future.succeededFuture() : servers.confirm(replicas, settings.waitMs());
    }

    /** Makes Redis know {@code scripts}, now and after each reconnection, so that they can be called in a batch. */
    public Future<Void> prepare(Script... scripts) {
        return servers.prepare(List.of(scripts));
    }

    /**
     * Splits what one script is to do to several keys into groups that one call may name together: all that lie in one
     * slot of a Redis Cluster, or simply all.
     *
     * @param key one key of each item, that tells its slot
     */
    public <T> List<List<T>> groups(List<T> items, Function<T, String> key) {
        if (servers instanceof OneServer) {
            return List.of(items);
        }
        Map<Integer, List<T>> bySlot = new LinkedHashMap<>();
        items.forEach(item -> bySlot.computeIfAbsent(Slot.of(key.apply(item)), slot -> new ArrayList<>())
                .add(item));
        return List.copyOf(bySlot.values());
    }

    /** Whether several servers share the slots, so that one may lose what another keeps. */
    public boolean isSpread() {
        return servers instanceof SlotServers;
    }

    /** Closes the link for good. */
    public Future<Void> close() {
        servers.close();
        return Future.succeededFuture();
    }

    /** Checked where assertions are on: in tests, whatever Redis they run on. */
    private static boolean isInOneSlot(Request request) {
        return ((RequestImpl) request).keys().stream().map(Slot::of).distinct().count() <= 1;
    }

    private static Request fill(Request request, List<String> keys, Object... args) {
        request.arg(keys.size());
        keys.forEach(request::arg);
        for (Object arg : args) {
            switch (arg) {
                case byte[] bytes -> request.arg(bytes);
                case Long number -> request.arg(number);
                case Integer number -> request.arg(number);
                default -> request.arg(arg.toString());
            }
        }
        return request;
    }
}
