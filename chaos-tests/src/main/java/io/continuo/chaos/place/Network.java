package io.continuo.chaos.place;

import java.util.List;

/** Where processes live, and what lies between them. Blocking. */
public interface Network extends AutoCloseable {
    /** Makes room for a process. */
    Place place();

    /** The address at which the balancer and Redis listen. */
    String host();

    /** From now on nothing gets from one to the other, nor back; nobody is told. */
    void cut(Place one, Place other);

    /** All is as it was before any {@link #cut}. */
    void heal();

    @Override
    void close();

    /**
     * Where one process lives.
     *
     * @param address by which the others reach it
     * @param prefix of a command that is to run there
     */
    record Place(String address, List<String> prefix) {}

    /** Everybody on the loopback interface: nothing can be cut. */
    static Network loopback() {
        return new Network() {
            @Override
            public Place place() {
                return new Place("127.0.0.1", List.of());
            }

            @Override
            public String host() {
                return "127.0.0.1";
            }

            @Override
            public void cut(Place one, Place other) {
                throw new UnsupportedOperationException("On the loopback interface nothing can be cut.");
            }

            @Override
            public void heal() {}

            @Override
            public void close() {}
        };
    }
}
