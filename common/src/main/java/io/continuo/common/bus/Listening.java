package io.continuo.common.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The addresses at which somebody listens. What the cluster knows of them may get lost, when clusters that were apart come
 * together or a node was taken for dead, and nobody would tell: so it can be asked, and told anew.
 *
 * <p>Threading: belongs to one event loop.
 */
public final class Listening<T> {
    private static final int LOOKED_UP_AT_ONCE = 8;

    private final Vertx vertx;
    private final Handler<Message<T>> handler;
    private final Map<String, MessageConsumer<T>> consumers = new LinkedHashMap<>();

    private int asked;
    private Future<Boolean> look = Future.succeededFuture(true);

    public Listening(Vertx vertx, Handler<Message<T>> handler) {
        this.vertx = vertx;
        this.handler = handler;
    }

    /** Listens at one more address; ends when it can be reached there. */
    public Future<Void> at(String address) {
        MessageConsumer<T> consumer = vertx.eventBus().consumer(address, handler);
        consumers.put(address, consumer);
        return consumer.completion();
    }

    /**
     * Whether others find this process at its addresses; asked of some of them each time, and those at which it is not found
     * are registered anew. While the cluster does not answer it is not asked for more: each question takes a thread.
     */
    public Future<Boolean> isKnown() {
        ClusterManager cluster = ((VertxInternal) vertx).clusterManager();
        if (cluster == null || consumers.isEmpty()) {
            return Future.succeededFuture(true);
        }
        if (look.isComplete()) {
            look = look(cluster);
        }
        return look;
    }

    private Future<Boolean> look(ClusterManager cluster) {
        List<String> addresses = List.copyOf(consumers.keySet());
        int some = Math.min(LOOKED_UP_AT_ONCE, addresses.size());
        asked += some;
        return Future.join(IntStream.range(asked - some, asked)
                        .mapToObj(i -> addresses.get(Math.floorMod(i, addresses.size())))
                        .map(address -> isKnown(cluster, address).onSuccess(known -> {
                            if (!known) {
                                anew(address);
                            }
                        }))
                        .toList())
                .map(all -> !all.list().contains(false));
    }

    private static Future<Boolean> isKnown(ClusterManager cluster, String address) {
        return registrations(cluster, address)
                .map(found -> found.stream().anyMatch(one -> one.nodeId().equals(cluster.getNodeId())));
    }

    /** Registers anew at all addresses. There is no moment at which nobody listens. */
    public void anew() {
        List.copyOf(consumers.keySet()).forEach(this::anew);
    }

    private void anew(String address) {
        MessageConsumer<T> old = consumers.get(address);
        if (old != null) {
            MessageConsumer<T> fresh = vertx.eventBus().consumer(address, handler);
            consumers.put(address, fresh);
            fresh.completion()
                    .onSuccess(listening -> old.unregister())
                    .onFailure(unknown -> (consumers.replace(address, fresh, old) ? fresh : old).unregister());
        }
    }

    /** Listens no more at {@code address}, without losing a request: see {@link Retirement}. */
    public Future<Void> retire(String address) {
        MessageConsumer<T> consumer = consumers.remove(address);
        return consumer == null ? Future.succeededFuture() : Retirement.of(vertx, consumer);
    }

    /** Listens no more, at once; whoever asks now learns that nobody is here. */
    public Future<Void> end() {
        List<MessageConsumer<T>> all = List.copyOf(consumers.values());
        consumers.clear();
        return Future.join(all.stream().map(MessageConsumer::unregister).toList())
                .mapEmpty();
    }

    /** The same for all addresses. */
    public Future<Void> retire() {
        return Future.join(List.copyOf(consumers.keySet()).stream()
                        .map(this::retire)
                        .toList())
                .mapEmpty();
    }

    private static Future<List<RegistrationInfo>> registrations(ClusterManager cluster, String address) {
        Promise<List<RegistrationInfo>> found = Promise.promise();
        cluster.getRegistrations(address, found);
        return found.future().map(all -> all == null ? List.of() : all);
    }
}
