package io.continuo.common.redis;

import io.continuo.common.redis.RedisAddress.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.RequestImpl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The primaries of a Redis Cluster, with a pipelined connection to each. Requests go to the primary of their slot; what
 * a server says of another place is believed at once. The map of slots is renewed all the time, since a primary that
 * hangs says nothing.
 */
final class SlotServers implements Servers {
    private static final long RENEW_EVERY_MS = 2_000;
    /** While slots have nobody who answers for them. */
    private static final long RENEW_SOON_MS = 250;

    private static final int REDIRECTIONS = 5;

    private final Vertx vertx;
    private final Function<String, Redis> clients;
    private final RedisAddress.Cluster address;
    private final SlotMap map;
    private final Map<HostPort, OneServer> servers = new HashMap<>();
    private final @Nullable OneServer[] bySlot = new OneServer[Slot.COUNT];
    private final List<Script> scripts = new ArrayList<>();
    private final List<Runnable> onUp = new ArrayList<>();
    private boolean renewing;
    private boolean soon;
    private boolean closed;
    private long timer = -1;

    SlotServers(Vertx vertx, Function<String, Redis> clients, RedisAddress.Cluster address) {
        this.vertx = vertx;
        this.clients = clients;
        this.address = address;
        this.map = new SlotMap(clients, address);
    }

    @Override
    public Future<Void> open() {
        return map.read(servers.keySet()).compose(ranges -> {
            List<OneServer> fresh = adopt(ranges);
            return Future.all(fresh.stream().map(OneServer::open).toList())
                    .onFailure(away -> close())
                    .onSuccess(up -> timer = vertx.setPeriodic(RENEW_EVERY_MS, tick -> renew()))
                    .mapEmpty();
        });
    }

    @Override
    public Future<@Nullable Response> send(Request request) {
        if (request.command().equals(Command.TIME)) {
            return earliestTime(request);
        }
        List<byte[]> keys = ((RequestImpl) request).keys();
        OneServer server = keys.isEmpty() ? anyUp() : bySlot[Slot.of(keys.getFirst())];
        return server == null
                ? Future.failedFuture(RedisFailures.down())
                : server.send(request).recover(failure -> elsewhere(request, failure, REDIRECTIONS));
    }

    /** One by one, so that each may be sent elsewhere; what shares a slot stays in order. */
    @Override
    public Future<List<@Nullable Response>> batch(List<Request> requests) {
        List<Future<@Nullable Response>> answers =
                requests.stream().map(this::send).toList();
        return Future.all(answers)
                .map(all -> answers.stream()
                        .<@Nullable Response>map(Future::result)
                        .collect(ArrayList::new, ArrayList::add, ArrayList::addAll));
    }

    @Override
    public Future<Void> confirm(int replicas, int ms) {
        return Future.all(servers.values().stream()
                        .map(server -> server.confirm(replicas, ms))
                        .toList())
                .mapEmpty();
    }

    @Override
    public Future<Void> prepare(List<Script> more) {
        scripts.addAll(more);
        return Future.all(servers.values().stream()
                        .map(server -> server.prepare(more))
                        .toList())
                .mapEmpty();
    }

    @Override
    public void onReconnect(Runnable action) {
        onUp.add(action);
    }

    @Override
    public void close() {
        closed = true;
        vertx.cancelTimer(timer);
        servers.values().forEach(OneServer::close);
        map.close();
    }

    private Future<@Nullable Response> elsewhere(Request request, Throwable failure, int redirections) {
        String[] words = String.valueOf(failure.getMessage()).split(" ", 4);
        boolean moved = words[0].equals("MOVED");
        if (words.length < 3 || (!moved && !words[0].equals("ASK"))) {
            return Future.failedFuture(failure);
        }
        if (redirections == 0) {
            return Future.failedFuture(RedisFailures.down());
        }
        HostPort place = HostPort.of(
                words[2].substring(0, words[2].lastIndexOf(':')),
                Integer.parseInt(words[2].substring(words[2].lastIndexOf(':') + 1)));
        OneServer server = server(place);
        Future<@Nullable Response> answer;
        if (moved) {
            bySlot[Integer.parseInt(words[1])] = server;
            renewSoon(0);
            answer = server.send(request);
        } else {
            answer = server.batch(List.of(Request.cmd(Command.ASKING), request)).map(List::getLast);
        }
        return answer.recover(again -> elsewhere(request, again, redirections - 1));
    }

    /** Clocks differ: nothing that any server adds from now on is older than the earliest. */
    private Future<@Nullable Response> earliestTime(Request request) {
        List<Future<@Nullable Response>> times =
                servers.values().stream().map(server -> server.send(request)).toList();
        return Future.all(times)
                .map(all -> times.stream()
                        .map(Future::result)
                        .reduce((one, other) -> micros(one) < micros(other) ? one : other)
                        .orElse(null));
    }

    private static long micros(@Nullable Response time) {
        return time == null ? 0 : time.get(0).toLong() * 1_000_000 + time.get(1).toLong();
    }

    private @Nullable OneServer anyUp() {
        return servers.values().stream().filter(OneServer::isUp).findFirst().orElse(null);
    }

    private OneServer server(HostPort place) {
        OneServer known = servers.get(place);
        if (known == null) {
            known = add(place);
            known.openSometime();
        }
        return known;
    }

    private OneServer add(HostPort place) {
        OneServer server = new OneServer(
                vertx, clients, new Whereabouts.Fixed(address.servers().uri(place)));
        server.prepare(scripts);
        server.onReconnect(() -> onUp.forEach(Runnable::run));
        server.onLost(() -> renewSoon(0));
        servers.put(place, server);
        return server;
    }

    /** Makes the map what was read; answers the servers that are new. */
    private List<OneServer> adopt(List<SlotMap.Range> ranges) {
        List<OneServer> fresh = new ArrayList<>();
        for (SlotMap.Range range : ranges) {
            OneServer server = servers.get(range.primary());
            if (server == null) {
                server = add(range.primary());
                fresh.add(server);
            }
            for (int slot = range.first(); slot <= range.last(); slot++) {
                bySlot[slot] = server;
            }
        }
        Collection<HostPort> primaries =
                ranges.stream().map(SlotMap.Range::primary).distinct().toList();
        servers.entrySet().removeIf(entry -> {
            boolean gone = !primaries.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        return fresh;
    }

    private void renew() {
        if (renewing || closed) {
            return;
        }
        renewing = true;
        map.read(servers.keySet())
                .timeout(RENEW_EVERY_MS, TimeUnit.MILLISECONDS)
                .onComplete((ranges, failure) -> {
                    renewing = false;
                    if (closed) {
                        return;
                    }
                    if (failure == null) {
                        adopt(ranges).forEach(server -> server.openSometime());
                    }
                    if (servers.values().stream().anyMatch(server -> !server.isUp())) {
                        renewSoon(RENEW_SOON_MS);
                    }
                });
    }

    private void renewSoon(long delayMs) {
        if (!soon) {
            soon = true;
            vertx.setTimer(Math.max(1, delayMs), timerId -> {
                soon = false;
                renew();
            });
        }
    }
}
