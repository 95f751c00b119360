package io.continuo.standalone;

import io.continuo.common.logging.Logging;
import io.continuo.common.settings.HttpSettings;
import io.continuo.common.settings.Settings;
import io.continuo.common.settings.SettingsException;
import io.continuo.redis.EmbeddedRedisException;
import java.util.List;

/**
 * Runs Continuo in one process. Exit codes: 0 after an orderly stop, 1 when it cannot start here, 2 when it was called
 * wrongly. This class must not log before {@link Logging#configure}.
 */
public final class Main {
    private static final String HELP = """
            Continuo: real-time messaging, all in one process.

            Usage: run [--help]

            It is set by environment variables, which docs/configuration.md lists. The most useful ones:
              CONTINUO_PORT        HTTP, WebSocket and the chat page (8080)
              CONTINUO_HOST        where to listen (127.0.0.1)
              CONTINUO_ADMIN_PORT  /health/live, /health/ready, /metrics (9090)
              CONTINUO_DATA_DIR    where the data are kept (./data)
              CONTINUO_REDIS       a Redis to use instead of an own one, such as redis://localhost:6379
              CONTINUO_LOG_LEVEL   trace, debug, info, warn or error (info)

            It is ready when it prints one line: Continuo is ready: http://localhost:8080
            Ctrl-C or SIGTERM stops it in order.
            """;

    private Main() {}

    public static void main(String[] args) {
        if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
            System.out.print(HELP);
            return;
        }
        if (args.length > 0) {
            exit(2, "unknown role \"" + args[0] + "\"; see --help");
        }
        try {
            Settings given = Settings.of(System.getenv());
            Logging.configure(given.log());
            run(Provisions.complete(given));
        } catch (SettingsException malformed) {
            exit(2, String.valueOf(malformed.getMessage()));
        } catch (StartException | EmbeddedRedisException impossible) {
            exit(1, String.valueOf(impossible.getMessage()));
        }
    }

    /** Returns when it is ready; Vert.x keeps the process alive. */
    private static void run(Settings settings) {
        Node node = Node.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node), "stop"));
        System.out.println("Continuo is ready: " + address(settings.http()));
    }

    /** A stop on demand is a success, though the JVM by itself would report the signal as its exit code. */
    private static void stop(Node node) {
        node.stop();
        Runtime.getRuntime().halt(0);
    }

    private static String address(HttpSettings http) {
        String host = List.of("127.0.0.1", "0.0.0.0", "::", "::1").contains(http.host()) ? "localhost" : http.host();
        return (http.tls().isPresent() ? "https" : "http") + "://" + host + ":" + http.port();
    }

    private static void exit(int code, String why) {
        System.err.println("continuo: " + why);
        System.exit(code);
    }
}
