package io.continuo.load.room;

import io.continuo.load.server.DevLogin;
import io.continuo.load.wire.LoadClient;
import io.continuo.load.wire.LoadLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Some rooms of one size, every member connected. Everything but the set-up belongs to the load's loop. */
public final class Rooms {
    private static final Duration SET_UP = Duration.ofMinutes(1);
    private static final int CREATED_AT_ONCE = 5;

    private final LoadLoop loop;
    private final List<LoadClient> clients;
    private final List<Room> rooms = new ArrayList<>();
    private final Traffic traffic;

    private Rooms(LoadLoop loop, List<LoadClient> clients, int size, int authors) {
        this.loop = loop;
        this.clients = clients;
        for (int from = 0; from < clients.size(); from += size) {
            rooms.add(
                    new Room(rooms.size(), clients.subList(from, from + size), clients.subList(from, from + authors)));
        }
        traffic = new Traffic(loop, rooms);
    }

    /**
     * Logs {@code count} times {@code size} users in, connects them and creates their conversations. Not to be called
     * on the loop.
     *
     * @param authors how many of a room's members, the first ones, write
     */
    public static Rooms open(LoadLoop loop, DevLogin login, int count, int size, int authors) {
        return open(loop, login, "m", count, size, authors);
    }

    /** The same with users whose names begin with {@code prefix}. */
    public static Rooms open(LoadLoop loop, DevLogin login, String prefix, int count, int size, int authors) {
        List<LoadClient> clients = login.clients(prefix, count * size);
        Rooms rooms = new Rooms(loop, clients, size, authors);
        loop.connectAll(clients, rooms.traffic::packet);
        for (int from = 0; from < count; from += CREATED_AT_ONCE) {
            rooms.create(rooms.rooms.subList(from, Math.min(count, from + CREATED_AT_ONCE)));
        }
        return rooms;
    }

    private void create(List<Room> some) {
        loop.run(() -> some.forEach(Room::create));
        boolean created = loop.await(
                SET_UP,
                () -> some.stream()
                        .flatMap(room -> room.members().stream())
                        .allMatch(member -> member.continuity().seq() > 0));
        if (!created) {
            throw new IllegalStateException("Rooms were not created in time.");
        }
    }

    public Traffic traffic() {
        return traffic;
    }

    public List<LoadClient> clients() {
        return clients;
    }

    /** Changes that some client never received. */
    public int lost() {
        return sum(client -> client.continuity().lost());
    }

    /** Changes that some client received twice. */
    public int doubled() {
        return sum(client -> client.continuity().doubled());
    }

    /** Changes that some client received after a later one. */
    public int disordered() {
        return sum(client -> client.continuity().disordered());
    }

    /** Packets with a wrong counter (protocol/layer.md §5.2). */
    public int miscounted() {
        return sum(LoadClient::miscounted);
    }

    private int sum(ToIntFunction<LoadClient> figure) {
        return loop.call(() -> clients.stream().mapToInt(figure).sum());
    }
}
