package io.continuo.gateway.socket.frame;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections, also those whose clients do not read: whatever Vert.x writes to say goodbye waits behind what the
 * client does not take, if need be for ever.
 */
public final class Closing {
    private static final int PATIENCE_SECONDS = 3;

    private Closing() {}

    /** Says why; a client that does not take that is cut off after a while. */
    public static void close(ServerWebSocket socket, CloseCode code) {
        socket.close(code.code(), code.reason());
        if (socket instanceof WebSocketInternal internal) {
            ChannelHandlerContext context = internal.channelHandlerContext();
            Future<?> patience = context.executor().schedule(() -> context.close(), PATIENCE_SECONDS, TimeUnit.SECONDS);
            context.channel().closeFuture().addListener(closed -> patience.cancel(false));
        }
    }

    /** Ends a request whose client does not take the answer, and its connection where that bears no others. */
    public static void cut(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2
                && request.connection() instanceof HttpServerConnection connection) {
            connection.channelHandlerContext().close();
        } else {
            request.response().reset();
        }
    }
}
