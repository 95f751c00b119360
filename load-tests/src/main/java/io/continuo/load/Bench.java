package io.continuo.load;

import io.continuo.load.figure.Calibration;
import io.continuo.load.figure.Report;
import io.continuo.load.scenario.Bed;
import io.continuo.load.scenario.Scenario;
import io.continuo.load.server.Server;
import io.continuo.load.wire.LoadLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The benchmark: {@code ./bench}. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        if (options.help()) {
            System.out.print(Options.HELP);
            return;
        }
        run(options, Path.of("").toAbsolutePath());
    }

    private static void run(Options options, Path home) throws IOException {
        Path target = home.resolve("load-tests/target/bench");
        Report report = new Report();
        report.section("machine");
        report.note("server pinned to core", options.core() < 0 ? "none" : Integer.toString(options.core()));
        report.figure("one send of 230 bytes before, µs", Calibration.sendMicros());
        for (String name : options.scenarios()) {
            scenario(name, options, home, target.resolve(name + ".log"), report);
        }
        report.section("machine again");
        report.figure("one send of 230 bytes after, µs", Calibration.sendMicros());
        Path file = target.resolve("figures.json");
        report.write(file);
        System.out.println();
        System.out.println("Written to " + home.relativize(file));
    }

    private static void scenario(String name, Options options, Path home, Path log, Report report) throws IOException {
        try (Server server = Server.start(home, options.core(), log);
                LoadLoop loop = new LoadLoop(server.address())) {
            Scenario.of(name).run(new Bed(server, loop, report, options.quick(), options.profile()));
        }
    }
}
