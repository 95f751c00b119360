package io.continuo.gateway.socket.frame;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.WebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/** What every socket is set to once it is open. */
public final class SocketTuning {
    private static final int FLUSH_AT_LATEST_AFTER = 256;

    private SocketTuning() {}

    /**
     * What is written to a socket within one turn of the event loop goes out at once; and from now on the heartbeat, not
     * the timeout of HTTP, decides who is idle.
     */
    public static void tune(WebSocket socket) {
        if (socket instanceof WebSocketInternal internal) {
            ChannelPipeline pipeline = internal.channelHandlerContext().pipeline();
            pipeline.addFirst(new FlushConsolidationHandler(FLUSH_AT_LATEST_AFTER, true));
            if (pipeline.get(IdleStateHandler.class) != null) {
                pipeline.remove(IdleStateHandler.class);
            }
        }
    }
}
