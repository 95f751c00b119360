package io.continuo.common.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.RedisConnection;
import java.util.function.Consumer;

/** Where a server is to be found, which may change. */
sealed interface Whereabouts permits Whereabouts.Fixed, SentinelWhereabouts {

    /** The URI of the right server as of now. */
    Future<String> find();

    /** Whether a server that was found is indeed the right one: fails if not. */
    Future<Void> check(RedisConnection opened);

    /** Tells {@code onMove} from now on where the server is, whenever it is looked after. */
    void watch(Consumer<String> onMove);

    void close();

    /** What may be logged of a URI. */
    static String withoutLogin(String uri) {
        return uri.replaceFirst("//.*@", "//");
    }

    /** Always the same one. */
    record Fixed(String uri) implements Whereabouts {
        @Override
        public Future<String> find() {
            return Future.succeededFuture(uri);
        }

        @Override
        public Future<Void> check(RedisConnection opened) {
            return Future.succeededFuture();
        }

        @Override
        public void watch(Consumer<String> onMove) {
            // it does not move
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
