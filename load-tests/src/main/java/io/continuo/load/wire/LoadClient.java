package io.continuo.load.wire;

import org.jspecify.annotations.Nullable;

/** One user of the load, over all of its connections. Belongs to the load's event loop. */
public final class LoadClient {
    private final String user;
    private final String token;
    private final Continuity continuity = new Continuity();
    private @Nullable LoadSocket socket;
    private int miscounted;

    public LoadClient(String user, String token) {
        this.user = user;
        this.token = token;
    }

    public String user() {
        return user;
    }

    String token() {
        return token;
    }

    public Continuity continuity() {
        return continuity;
    }

    /** How many packets had another counter than the one before them plus one (protocol/layer.md §5.2). */
    public int miscounted() {
        return miscounted;
    }

    public boolean connected() {
        return socket != null;
    }

    /** Sends one text frame; not connected, it is an error. */
    public void send(String text) {
        if (socket == null) {
            throw new IllegalStateException(user + " is not connected");
        }
        socket.send(text);
    }

    /** Cuts the connection as a failing network does, by a TCP reset. */
    public void cut() {
        LoadSocket open = socket;
        if (open != null) {
            socket = null;
            open.cut();
        }
    }

    void connected(LoadSocket opened) {
        socket = opened;
    }

    /** False when the client has given {@code closed} up before. */
    boolean gone(@Nullable LoadSocket closed) {
        boolean ours = closed != null && socket == closed;
        if (ours) {
            socket = null;
        }
        return ours;
    }

    void miscount() {
        miscounted++;
    }
}
