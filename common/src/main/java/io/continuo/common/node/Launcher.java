package io.continuo.common.node;

import io.continuo.common.logging.Logging;
import io.continuo.common.settings.Settings;
import io.continuo.common.settings.SettingsException;
import java.util.List;

/**
 * Runs a role in this process. Exit codes: 0 after an orderly stop, 1 when it cannot start here, 2 when it was called
 * wrongly. This class must not log before {@link Logging#configure}.
 */
public final class Launcher {
    private Launcher() {}

    /** Returns when the role is ready; Vert.x keeps the process alive. */
    public static void run(Role role, String[] args) {
        if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
            System.out.print(role.help());
            return;
        }
        if (args.length > 0) {
            exit(2, "unknown role \"" + args[0] + "\"; see --help");
        }
        try {
            Settings given = Settings.of(System.getenv());
            Logging.configure(given.log());
            run(role, given);
        } catch (SettingsException malformed) {
            exit(2, String.valueOf(malformed.getMessage()));
        } catch (StartException impossible) {
            exit(1, String.valueOf(impossible.getMessage()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Role role, Settings given) throws InterruptedException {
        Tenure tenure = new Tenure(role, given);
        Runtime.getRuntime().addShutdownHook(new Thread(tenure::end, "stop"));
        tenure.awaitReady();
    }

    private static void exit(int code, String why) {
        System.err.println("continuo: " + why);
        System.exit(code);
    }
}
