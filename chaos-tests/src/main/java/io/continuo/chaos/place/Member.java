package io.continuo.chaos.place;

import io.continuo.redis.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One process of the cluster, which can be started again under the same ports. Blocking. */
public final class Member {
    private static final Pattern READY = Pattern.compile("is ready: (http\\S+)");
    private static final int READY_SECONDS = 120;
    /** Where CPU is short it may take longer to join the others than a process is willing to wait. */
    private static final int MOST_STARTS = 3;

    private static final List<String> JVM = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx384m",
            "-Dlogback.configurationFile=logback.xml");

    /** What a process is for. */
    public enum Role {
        GATEWAY("gateway", "io.continuo.gateway.GatewayMain"),
        MESSAGING("messaging", "io.continuo.messaging.MessagingMain"),
        PRESENCE("presence", "io.continuo.presence.PresenceMain");

        private final String word;
        private final String main;

        Role(String word, String main) {
            this.word = word;
            this.main = main;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    private final Role role;
    private final String name;
    private final Network.Place place;
    private final Map<String, String> settings;
    private final Path folder;
    private final int port = Ports.free();
    private final int admin = Ports.free();
    private int starts;
    private Child child;

    Member(Role role, String name, Network.Place place, Map<String, String> settings, Path folder) {
        this.role = role;
        this.name = name;
        this.place = place;
        this.folder = folder;
        this.settings = new TreeMap<>(settings);
        this.settings.putAll(Map.of(
                "CONTINUO_HOST", place.address(),
                "CONTINUO_CLUSTER_HOST", place.address(),
                "CONTINUO_PORT", Integer.toString(port),
                "CONTINUO_ADMIN_PORT", Integer.toString(admin)));
        child = launch();
    }

    private Child launch() {
        starts++;
        List<String> java =
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        List<String> main = List.of("-cp", System.getProperty("java.class.path"), role.main);
        List<String> command =
                Stream.of(place.prefix(), java, JVM, main).flatMap(List::stream).toList();
        return Child.start(command, settings, folder.resolve(name + "-" + starts + ".out"));
    }

    public Role role() {
        return role;
    }

    /** Such as {@code gateway2}. */
    public String name() {
        return name;
    }

    Network.Place place() {
        return place;
    }

    Balancer.Gateway gateway() {
        return new Balancer.Gateway(place.address(), port, admin);
    }

    /** Where its metrics and health are. */
    public String admin() {
        return "http://" + place.address() + ":" + admin;
    }

    public boolean isAlive() {
        return child.isAlive();
    }

    /** Waits until it says that it is ready; one that gives up its start is started again, as process managers do. */
    public Member awaitReady() {
        for (int starts = 1; ; starts++) {
            try {
                child.awaitLine(READY, READY_SECONDS);
                return this;
            } catch (IllegalStateException notReady) {
                if (child.isAlive() || starts == MOST_STARTS) {
                    throw notReady;
                }
                System.out.println(this + " gave up its start and is started again: " + notReady.getMessage());
                child = launch();
            }
        }
    }

    /** Sends a signal such as {@code STOP}. */
    public void signal(String signal) {
        child.signal(signal);
    }

    /** Ends it without a warning. */
    public void kill() {
        child.kill();
    }

    /** Asks it to stop and waits until it has. */
    public void stop() {
        child.signal("TERM");
        if (!child.awaitExit(60)) {
            throw new IllegalStateException(name + " did not stop.");
        }
        child.close();
    }

    /** Starts it again, after its end; does not wait. */
    public void start() {
        child = launch();
    }

    void close() {
        child.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
