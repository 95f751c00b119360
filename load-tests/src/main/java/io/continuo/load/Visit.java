package io.continuo.load;

import io.continuo.load.figure.Histogram;
import io.continuo.load.room.Rooms;
import io.continuo.load.room.Traffic;
import io.continuo.load.server.DevLogin;
import io.continuo.load.wire.LoadClient;
import io.continuo.load.wire.LoadLoop;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;

/** Loads a server that runs somewhere with rooms that talk at an even pace, and says what came of it. */
public final class Visit {
    private static final String HELP = """
            Loads a server whose development login is on.

            Arguments: URL [CONNECTIONS=200 [ROOM=10 [DELIVERIES_PER_SECOND=1000 [SECONDS=60]]]]
            """;
    private static final int REPORT_SECONDS = 5;

    private Visit() {}

    public static void main(String[] arguments) {
        if (arguments.length == 0 || arguments.length > 5 || arguments[0].startsWith("-")) {
            System.out.print(HELP);
            return;
        }
        URI server = URI.create(arguments[0]);
        int port = server.getPort() < 0 ? 80 : server.getPort();
        try (LoadLoop loop = new LoadLoop(new InetSocketAddress(server.getHost(), port))) {
            int size = number(arguments, 2, 10);
            Rooms rooms;
            try (DevLogin login = new DevLogin(server)) {
                String prefix = "visitor" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-";
                rooms = Rooms.open(loop, login, prefix, Math.max(1, number(arguments, 1, 200) / size), size, size);
            }
            talk(rooms, (double) number(arguments, 3, 1_000) / size, number(arguments, 4, 60));
            loop.run(() -> rooms.clients().forEach(LoadClient::cut));
        }
        System.exit(0);
    }

    private static void talk(Rooms rooms, double messagesPerSecond, int seconds) {
        Traffic traffic = rooms.traffic();
        traffic.pace(messagesPerSecond);
        for (int passed = 0; passed < seconds; passed += REPORT_SECONDS) {
            traffic.begin();
            LoadLoop.pause(Duration.ofSeconds(REPORT_SECONDS));
            Traffic.Counts counts = traffic.end();
            Histogram latency = counts.delivery();
            System.out.printf(
                    "%.0f deliveries/s, p50 %.1f ms, p99 %.1f ms, %d refused%n",
                    counts.deliveries() / counts.seconds(),
                    latency.millis(0.5),
                    latency.millis(0.99),
                    counts.refused());
        }
        System.out.printf(
                "%d messages did not reach everybody in time; lost %d, doubled %d, disordered %d%n",
                traffic.stop(), rooms.lost(), rooms.doubled(), rooms.disordered());
    }

    private static int number(String[] arguments, int at, int otherwise) {
        return at < arguments.length ? Integer.parseInt(arguments[at]) : otherwise;
    }
}
