package io.continuo.standalone.process;

import io.continuo.farm.Topology;
import io.continuo.standalone.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@link Child} on free ports that serves. */
public final class ContinuoProcess {
    private static final Pattern READY = Pattern.compile("Continuo.* is ready: (.*)");

    private final Child child;
    private final CompletableFuture<String> url = new CompletableFuture<>();

    private ContinuoProcess(Child child) {
        this.child = child;
        Thread.startVirtualThread(this::read);
    }

    /** Starts with data of its own, and waits until it is ready. */
    public static ContinuoProcess start() throws IOException {
        return start(Map.of(
                "CONTINUO_DATA_DIR", Files.createTempDirectory("continuo").toString()));
    }

    /**
     * Starts, and waits until it is ready. Unless it is given a Redis it gets one of the shape that this test run is about,
     * see {@link Topology#chosen}, or brings one along.
     */
    public static ContinuoProcess start(Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        if (Topology.isChosen() && !settings.containsKey("CONTINUO_REDIS")) {
            all.putAll(Topology.chosen().settings());
        }
        ContinuoProcess started = starting(Main.class, all);
        started.url();
        return started;
    }

    /** Starts a role, and does not wait. */
    public static ContinuoProcess starting(Class<?> role, Map<String, String> settings) throws IOException {
        Map<String, String> all =
                new HashMap<>(Map.of("CONTINUO_PORT", "0", "CONTINUO_ADMIN_PORT", "0", "CONTINUO_LOG_LEVEL", "warn"));
        all.putAll(settings);
        return new ContinuoProcess(Child.start(role, all));
    }

    /** Where it serves; waits until it does. */
    public String url() {
        return url.orTimeout(60, TimeUnit.SECONDS).join();
    }

    public long pid() {
        return child.pid();
    }

    /** Asks it to stop, as a process manager would; answers its exit code. */
    public int stop() throws Exception {
        child.signal("TERM");
        return child.exitWithin(20);
    }

    /** Stops it in its tracks, as a machine that hangs would, until {@link #thaw}. */
    public void freeze() throws Exception {
        child.signal("STOP");
    }

    public void thaw() throws Exception {
        child.signal("CONT");
    }

    /** Ends it without a warning. */
    public void kill() throws Exception {
        child.signal("KILL");
        child.exitWithin(20);
    }

    /** What it has logged, once it has ended. */
    public List<String> log() throws Exception {
        return child.errors();
    }

    /** Ends it, if it still runs. */
    public void close() {
        child.close();
    }

    private List<String> lastWords() {
        try {
            return child.errors();
        } catch (Exception untold) {
            return List.of(untold.toString());
        }
    }

    /** Passes on what it prints, so that it never has to wait. */
    private void read() {
        try {
            for (String line = child.line(); !line.isEmpty(); line = child.line()) {
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    url.complete(ready.group(1));
                } else {
                    System.out.println("[continuo] " + line);
                }
            }
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        } finally {
            if (!url.isDone()) {
                url.completeExceptionally(new IllegalStateException("It never was ready. It said: " + lastWords()));
            }
        }
    }
}
