package io.continuo.load.wire;

/** Hears what the sockets of the load receive; called on the load's event loop. */
@FunctionalInterface
public interface PacketListener {
    /** {@code packet} is only good during the call. */
    void packet(LoadClient client, Packet packet);
}
