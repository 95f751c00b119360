package io.continuo.presence.relay;

import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.event.Signal;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.Loops;
import io.continuo.common.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a signal to all connections of some users: one bus message per gateway loop that holds any of them. Signals
 * are ephemeral, so a loop that is gone is not missed.
 */
public final class Relay {
    private static final int LOOK_UPS_PER_BATCH = 500;
    private static final DeliveryOptions CONFIRMED_SOON = new DeliveryOptions().setSendTimeout(2_000);

    private final EventBus bus;
    private final RedisLink redis;
    private final Barriers barriers;

    public Relay(EventBus bus, RedisLink redis) {
        this.bus = bus;
        this.redis = redis;
        this.barriers = new Barriers(redis);
    }

    /**
     * Where those of these users are now who may hear of {@code author}: nobody hears of whom they have blocked, or who has
     * blocked them. Otherwise as {@link #find(List)}.
     */
    public Future<Routes> find(List<String> users, String author) {
        Future<List<String>> blocked = barriers.blockedBy(author);
        Future<Routes> routes = look(users, Barriers.field(author));
        return Future.all(blocked, routes).map(found -> routes.result().without(blocked.result()));
    }

    /** Where these users are now; signals that are sent in the order of these answers arrive in it. */
    public Future<Routes> find(List<String> users) {
        return look(users, Barriers.NONE);
    }

    private Future<Routes> look(List<String> users, String blockField) {
        List<Future<List<@Nullable Response>>> answers = new ArrayList<>();
        for (int from = 0; from < users.size(); from += LOOK_UPS_PER_BATCH) {
            answers.add(lookUp(users.subList(from, Math.min(from + LOOK_UPS_PER_BATCH, users.size())), blockField));
        }
        return Future.all(answers).map(all -> routes(users, all.<List<@Nullable Response>>list()));
    }

    /** Sends {@code signal} along {@code routes}. */
    public void send(Signal signal, Routes routes) {
        routes.usersByLoop().forEach((loop, users) -> bus.send(loop, new GatewayMessage.Relay(signal, users)));
    }

    /** Sends several signals to a loop at once; fails when it has not confirmed them after a while. */
    public Future<Void> send(String loop, GatewayMessage.Relays signals) {
        return bus.request(loop, signals, CONFIRMED_SOON).mapEmpty();
    }

    private Future<List<@Nullable Response>> lookUp(List<String> users, String blockField) {
        return redis.batch(users.stream()
                .map(user -> Request.cmd(Command.HMGET)
                        .arg(Keys.client(user))
                        .arg(Loops.FIELD)
                        .arg(blockField))
                .toList());
    }

    private static Routes routes(List<String> users, List<List<@Nullable Response>> answers) {
        Map<String, List<String>> usersByLoop = new HashMap<>();
        int index = 0;
        for (List<@Nullable Response> batch : answers) {
            for (Response fields : batch) {
                String user = users.get(index++);
                Response loops = fields == null || fields.get(1) != null ? null : fields.get(0);
                if (loops != null) {
                    Loops.addresses(loops.toString())
                            .forEach(loop -> usersByLoop
                                    .computeIfAbsent(loop, first -> new ArrayList<>())
                                    .add(user));
                }
            }
        }
        return new Routes(usersByLoop);
    }

    /** The gateway loops that hold a connection of some users, each with those users. */
    public record Routes(Map<String, List<String>> usersByLoop) {
        private Routes without(List<String> some) {
            if (some.isEmpty()) {
                return this;
            }
            Map<String, List<String>> others = new HashMap<>();
            usersByLoop.forEach((loop, users) -> {
                List<String> rest =
                        users.stream().filter(user -> !some.contains(user)).toList();
                if (!rest.isEmpty()) {
                    others.put(loop, rest);
                }
            });
            return new Routes(others);
        }
    }
}
