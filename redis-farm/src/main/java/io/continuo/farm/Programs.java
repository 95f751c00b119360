package io.continuo.farm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The programs of Redis, or of Valkey, that lie on the PATH.
 *
 * @param server starts a server
 * @param cli talks to one
 */
public record Programs(String server, String cli) {
    private static final int PATIENCE_SECONDS = 30;

    public static final Programs REDIS = new Programs("redis-server", "redis-cli");
    public static final Programs VALKEY = new Programs("valkey-server", "valkey-cli");

    /** Whether this machine has them. */
    public boolean arePresent() {
        try {
            return new ProcessBuilder(cli, "--version").start().waitFor() == 0
                    && new ProcessBuilder(server, "--version").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What a server answers to a command, errors too. */
    String ask(int port, String... command) {
        List<String> all = new ArrayList<>(List.of("-p", Integer.toString(port)));
        all.addAll(List.of(command));
        return run(all);
    }

    String run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(cli));
        command.addAll(arguments);
        try {
            Process running =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
                throw new IllegalStateException(command + " does not end");
            }
            return output;
        } catch (IOException absent) {
            throw new IllegalStateException(absent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
