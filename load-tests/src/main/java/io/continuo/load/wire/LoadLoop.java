package io.continuo.load.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The one thread on which the whole load lives, and the way onto it from outside. */
public final class LoadLoop implements AutoCloseable {
    private static final int AT_ONCE = 64;
    private static final int CONNECT_MILLIS = 30_000;
    private static final long POLL_MILLIS = 10;

    private final InetSocketAddress server;
    private final EventLoopGroup group;
    private final Class<? extends SocketChannel> channel;

    public LoadLoop(InetSocketAddress server) {
        this.server = server;
        boolean epoll = Epoll.isAvailable();
        group = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        channel = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** Opens one connection; completes, on the loop, when the server has answered the upgrade. */
    public CompletableFuture<LoadClient> connect(LoadClient client, PacketListener listener) {
        return open(client, listener, "");
    }

    /** The same, resuming from the client's last position. */
    public CompletableFuture<LoadClient> resume(LoadClient client, PacketListener listener) {
        return open(client, listener, "&since=" + client.continuity().position());
    }

    private CompletableFuture<LoadClient> open(LoadClient client, PacketListener listener, String query) {
        CompletableFuture<LoadClient> opened = new CompletableFuture<>();
        open(client.token(), query, new ClientSocket(client, listener, opened));
        return opened;
    }

    /**
     * Opens one socket whose end is to be heard of. May be called anywhere.
     *
     * @param query what follows the session token, such as {@code &since=1-2}, or nothing
     */
    public void open(String token, String query, SocketEvents events) {
        new Bootstrap()
                .group(group)
                .channel(channel)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new LoadSocket(request(token, query), events))
                .connect(server)
                .addListener((ChannelFutureListener) connecting -> {
                    if (!connecting.isSuccess()) {
                        events.closed(SocketEvents.NEVER_OPENED, String.valueOf(connecting.cause()));
                    }
                });
    }

    private String request(String token, String query) {
        return "GET /websocket?session_token=" + token + query + " HTTP/1.1\r\nHost: "
                + server.getHostString() + ":" + server.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: layer-2.0\r\n\r\n";
    }

    /** Opens a connection for each client, some at a time, and waits for all. Not to be called on the loop. */
    public void connectAll(List<LoadClient> clients, PacketListener listener) {
        for (int from = 0; from < clients.size(); from += AT_ONCE) {
            List<CompletableFuture<LoadClient>> opening = new ArrayList<>();
            for (LoadClient client : clients.subList(from, Math.min(clients.size(), from + AT_ONCE))) {
                opening.add(connect(client, listener));
            }
            CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new)).join();
        }
    }

    /** Runs {@code task} on the loop and waits for it. Not to be called on the loop. */
    public <T> T call(Callable<T> task) {
        CompletableFuture<T> called = new CompletableFuture<>();
        group.execute(() -> {
            try {
                called.complete(task.call());
            } catch (Exception | AssertionError failed) {
                called.completeExceptionally(failed);
            }
        });
        return called.join();
    }

    /** Runs {@code task} on the loop and waits for it. Not to be called on the loop. */
    public void run(Runnable task) {
        call(() -> {
            task.run();
            return true;
        });
    }

    /** Runs {@code task} on the loop, later. */
    public void after(Duration delay, Runnable task) {
        group.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Looks on the loop, again and again, until {@code condition} holds; false when it did not in time. */
    public boolean await(Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!call(condition::getAsBoolean)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause(Duration.ofMillis(POLL_MILLIS));
        }
        return true;
    }

    /** Lets the load run for a while. Not to be called on the loop. */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
