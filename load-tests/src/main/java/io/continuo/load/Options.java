package io.continuo.load;

import io.continuo.load.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/**
 * What to do.
 *
 * @param scenarios names, in order
 * @param core to pin the server to, or -1
 */
record Options(boolean help, boolean quick, boolean profile, List<String> scenarios, int core) {
    static final String HELP = """
            ./bench [--quick] [--profile] [--scenario NAME]...

            Starts the one-process server (./run) pinned to core 0, loads it from core 1 over loopback, and reports
            deliveries per second, CPU per delivery, latency, memory per idle connection, and what resuming loses.

              --scenario NAME   rooms10, rooms100, rooms1000, idle (also connect), resume, storm, replay or subjects; all when not
                                given
              --quick           smaller and shorter: to see that it works, not for figures
              --profile         also say where the server's time goes
            """;
    private static final List<String> ALL =
            List.of("idle", "rooms10", "rooms100", "rooms1000", "resume", "storm", "replay", "subjects");

    /** @throws IllegalArgumentException with a line for the user */
    static Options parse(List<String> arguments) {
        boolean help = false;
        boolean quick = false;
        boolean profile = false;
        int core = -1;
        List<String> scenarios = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--help", "-h" -> help = true;
                case "--quick" -> quick = true;
                case "--profile" -> profile = true;
                case "--core" -> core = Integer.parseInt(value(arguments, ++i));
                case "--scenario" -> scenarios.add(value(arguments, ++i));
                default -> throw new IllegalArgumentException("Unknown option " + arguments.get(i) + "; see --help.");
            }
        }
        scenarios.forEach(Scenario::of);
        return new Options(help, quick, profile, scenarios.isEmpty() ? ALL : scenarios, core);
    }

    private static String value(List<String> arguments, int at) {
        if (at >= arguments.size()) {
            throw new IllegalArgumentException(arguments.getLast() + " wants a value; see --help.");
        }
        return arguments.get(at);
    }
}
