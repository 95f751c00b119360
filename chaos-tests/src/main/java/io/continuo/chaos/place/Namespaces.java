package io.continuo.chaos.place;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network namespace of its own for each process, on one bridge: so any two can be cut from each other, silently. Needs
 * root. What a run leaves behind that was killed itself is taken away by the next one.
 */
public final class Namespaces implements Network {
    private static final String PREFIX = "continuo-chaos-";
    private static final String BRIDGE = "cnt-chaos";
    private static final String NET = "10.213.77.";

    private final List<String> names = new ArrayList<>();
    private final Thread end = new Thread(Namespaces::sweep);

    private Namespaces() {
        Runtime.getRuntime().addShutdownHook(end);
    }

    /** @throws IllegalStateException when this is not allowed here */
    public static Namespaces create() {
        sweep();
        Namespaces namespaces = new Namespaces();
        ip("link add " + BRIDGE + " type bridge");
        ip("addr add " + NET + "1/24 dev " + BRIDGE);
        ip("link set " + BRIDGE + " up");
        return namespaces;
    }

    @Override
    public Place place() {
        int number = names.size() + 1;
        String name = PREFIX + number;
        String address = NET + (number + 1);
        String inside = "ccn" + number;
        String outside = "cch" + number;
        ip("netns add " + name);
        names.add(name);
        ip("link add " + outside + " type veth peer name " + inside + " netns " + name);
        ip("link set " + outside + " master " + BRIDGE + " up");
        ip("-n " + name + " addr add " + address + "/24 dev " + inside);
        ip("-n " + name + " link set " + inside + " up");
        ip("-n " + name + " link set lo up");
        return new Place(address, within(name));
    }

    @Override
    public String host() {
        return NET + "1";
    }

    @Override
    public void cut(Place one, Place other) {
        for (String[] chain : new String[][] {{"INPUT", "-s"}, {"OUTPUT", "-d"}}) {
            List<String> rule = List.of("iptables", "-w", "-A", chain[0], chain[1], other.address(), "-j", "DROP");
            run(Stream.concat(one.prefix().stream(), rule.stream()).toList());
        }
    }

    @Override
    public void heal() {
        for (String name : names) {
            run(Stream.concat(within(name).stream(), Stream.of("iptables", "-w", "-F"))
                    .toList());
        }
    }

    @Override
    public void close() {
        sweep();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException ending) {
            // then it is being run
        }
    }

    private static List<String> within(String name) {
        return List.of("ip", "netns", "exec", name);
    }

    /** A namespace takes its links along. */
    private static void sweep() {
        Child.run(List.of("ip", "netns", "list"))
                .lines()
                .map(line -> line.split(" ")[0])
                .filter(name -> name.startsWith(PREFIX))
                .forEach(name -> Child.run(List.of("ip", "netns", "del", name)));
        Child.run(List.of("ip", "link", "del", BRIDGE));
    }

    private static void ip(String arguments) {
        run(Stream.concat(Stream.of("ip"), Stream.of(arguments.split(" "))).toList());
    }

    private static void run(List<String> command) {
        String output = Child.run(command);
        if (!output.isBlank()) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output.strip());
        }
    }
}
