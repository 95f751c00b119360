package io.continuo.gateway.atmosphere;

import io.continuo.gateway.atmosphere.visit.Application;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An application for tests: {@code {"say":…}} is echoed; after {@code {"subscribe":true}} a client gets all news, each
 * with its number, from the first one on.
 */
final class NewsRoom implements Application.Starter {
    private final List<String> news = new CopyOnWriteArrayList<>();
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();

    /** Tells everybody. */
    void publish(String text) {
        news.add(text);
        readers.forEach(reader -> reader.context.runOnContext(now -> reader.drained()));
    }

    int readers() {
        return readers.size();
    }

    /** How many texts the slowest reader was given. */
    int least() {
        return readers.stream().mapToInt(reader -> reader.next).min().orElse(0);
    }

    @Override
    public Application start(Application.Outlet outlet, Application.Remembered remembered) {
        Reader reader = new Reader(outlet, remembered);
        readers.add(reader);
        return reader;
    }

    private final class Reader implements Application {
        private final Outlet outlet;
        private final Context context = java.util.Objects.requireNonNull(Vertx.currentContext());
        private boolean subscribed;
        private volatile int next;
        private boolean stopped;

        Reader(Outlet outlet, Remembered remembered) {
            this.outlet = outlet;
            subscribed = !remembered.state().isEmpty();
            next = remembered.cursor().isEmpty() ? 0 : Integer.parseInt(remembered.cursor());
        }

        @Override
        public Future<?> receive(String message) {
            JsonObject said = new JsonObject(message);
            if (said.containsKey("say")) {
                outlet.send(new JsonArray().add(said.getValue("say")).encode());
            } else {
                subscribed = true;
                outlet.changed();
                outlet.send("{\"subscribed\":true}");
                while (said.containsKey("all") && next < news.size()) {
                    give();
                }
                drained();
            }
            return Future.succeededFuture();
        }

        @Override
        public void drained() {
            while (subscribed && !stopped && next < news.size() && !outlet.isFull()) {
                give();
            }
        }

        private void give() {
            int number = next;
            next = number + 1;
            outlet.send(new JsonObject()
                    .put("news", number)
                    .put("text", news.get(number))
                    .encode());
        }

        @Override
        public String state() {
            return subscribed ? "subscribed" : "";
        }

        @Override
        public String cursor() {
            return Integer.toString(next);
        }

        @Override
        public void stop() {
            stopped = true;
            subscribed = false;
            readers.remove(this);
        }
    }
}
