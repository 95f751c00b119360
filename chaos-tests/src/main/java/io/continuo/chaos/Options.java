package io.continuo.chaos;

import io.continuo.chaos.fault.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What to do.
 *
 * @param rate messages a second
 * @param resumes how many who come back each gateway lets in each second
 * @param check a folder of logs to look at, instead of all else
 */
record Options(
        boolean help,
        List<Scenario> scenarios,
        int rounds,
        long seed,
        int people,
        int rate,
        int resumes,
        Optional<Path> check) {
    static String helpText() {
        return """
                ./chaos [SCENARIO...] [--rounds N] [--seed N] [--people N] [--rate N] [--resumes N]
                ./chaos --check FOLDER

                Starts a cluster of real processes (Redis, 3 gateways, 2 messaging and 2 presence services) behind HAProxy,
                lets people talk, breaks things at random moments, and states what was lost, doubled or disordered. Needs
                haproxy and redis-server; "split" needs root, ip and iptables. Ends everything that it has started.

                  --rounds N      how often each scenario is played (1)
                  --seed N        does the same again (otherwise a random one, which is printed)
                  --people N      how many talk (30)
                  --rate N        messages a second (50)
                  --resumes N     how many who come back each gateway lets in a second (5, so that one sees it with dozens)
                  --check FOLDER  only looks at the logs of a round again

                Scenarios; without any, all of them:
                %s
                What clients wrote down is kept in chaos-tests/target/chaos. Exit code 1: something is wrong.
                """.formatted(Scenario.ALL.stream()
                .map(scenario -> "  %-15s %s\n".formatted(scenario.name(), scenario.about()))
                .collect(Collectors.joining()));
    }

    /** @throws IllegalArgumentException with a line for the user */
    static Options parse(List<String> arguments) {
        boolean help = false;
        List<Scenario> scenarios = new ArrayList<>();
        int rounds = 1;
        long seed = System.nanoTime() % 1_000_000;
        int people = 30;
        int rate = 50;
        int resumes = 5;
        Optional<Path> check = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--help", "-h" -> help = true;
                case "--rounds" -> rounds = number(arguments, ++i, 1, 10_000);
                case "--seed" -> seed = number(arguments, ++i, 0, Integer.MAX_VALUE);
                case "--people" -> people = number(arguments, ++i, 2, 2_000);
                case "--rate" -> rate = number(arguments, ++i, 1, 10_000);
                case "--resumes" -> resumes = number(arguments, ++i, 1, 10_000);
                case "--check" -> check = Optional.of(Path.of(value(arguments, ++i)));
                default -> scenarios.add(Scenario.of(argument));
            }
        }
        return new Options(
                help, scenarios.isEmpty() ? Scenario.ALL : scenarios, rounds, seed, people, rate, resumes, check);
    }

    private static int number(List<String> arguments, int at, int least, int most) {
        String value = value(arguments, at);
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            // said below
        }
        throw new IllegalArgumentException(
                arguments.get(at - 1) + " wants a number from " + least + " to " + most + ".");
    }

    private static String value(List<String> arguments, int at) {
        if (at >= arguments.size()) {
            throw new IllegalArgumentException(arguments.getLast() + " wants a value; see --help.");
        }
        return arguments.get(at);
    }
}
