package io.continuo.gateway.socket.frame;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/** How a socket that is open works below. */
public final class Tuning {
    private static final int FLUSH_AT_LATEST_AFTER = 256;

    private Tuning() {}

    /**
     * What is written to a socket within one turn of the event loop goes out at once; and from now on the heartbeat, not
     * the timeout of HTTP, decides who is idle.
     */
    public static void tune(ServerWebSocket socket) {
        if (socket instanceof WebSocketInternal internal) {
            ChannelPipeline pipeline = internal.channelHandlerContext().pipeline();
            pipeline.addFirst(new FlushConsolidationHandler(FLUSH_AT_LATEST_AFTER, true));
            if (pipeline.get(IdleStateHandler.class) != null) {
                pipeline.remove(IdleStateHandler.class);
            }
        }
    }
}
