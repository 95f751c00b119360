package io.continuo.chaos.place;

import io.continuo.redis.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A real HAProxy with the rules of {@code deploy/haproxy.cfg}: only where it listens, and that the gateways have numbers
 * instead of a name, is different. Blocking.
 */
public final class Balancer implements AutoCloseable {
    private static final int START_SECONDS = 20;

    private final Path config;
    private final String rules;
    private final String host;
    private final int port = Ports.free();
    private final int metrics = Ports.free();
    private final Map<String, Gateway> gateways = new TreeMap<>();
    private final Child child;

    /** Where a gateway listens. */
    record Gateway(String address, int port, int admin) {}

    /** @param rules the file to take them from */
    Balancer(Path folder, Path rules, String host, Map<String, Gateway> gateways) {
        this.host = host;
        this.config = folder.resolve("haproxy.cfg");
        this.gateways.putAll(gateways);
        try {
            this.rules = Files.readString(rules);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        write();
        // -W: a master process, which reloads on SIGUSR2 and never leaves a worker behind.
        child = Child.start(
                List.of("haproxy", "-W", "-db", "-f", config.toString()), Map.of(), folder.resolve("haproxy.out"));
        awaitUp();
    }

    /** Where clients connect. */
    public URI url() {
        return URI.create("http://" + host + ":" + port);
    }

    /** Goes on with other gateways, in a new worker; the old one keeps its connections until {@code hard-stop-after}. */
    void use(Map<String, Gateway> others) {
        gateways.clear();
        gateways.putAll(others);
        reload();
    }

    /** Reads its file again, in a new worker; the old one keeps its connections until {@code hard-stop-after}. */
    public void reload() {
        write();
        child.signal("USR2");
    }

    private void write() {
        String servers = gateways.entrySet().stream()
                .map(entry -> "  server " + entry.getKey() + " "
                        + entry.getValue().address() + ":" + entry.getValue().port()
                        + check(entry.getValue().admin()))
                .collect(Collectors.joining("\n"));
        String text = rules.replaceAll("(?ms)^resolvers .*?(?=^\\S)", "")
                .replaceFirst("(?m)^  bind :8080$", "  bind " + host + ":" + port)
                .replaceFirst("(?m)^  bind :8404$", "  bind " + host + ":" + metrics)
                .replaceFirst("(?m)^  default_backend gateways$", "$0\n  http-response set-header Continuo-Server %s")
                .replaceFirst("(?m)^  server-template .*$", servers);
        try {
            Files.writeString(config, text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** How the template's servers are looked at; perhaps on their admin port. */
    private String check(int admin) {
        String template = rules.lines()
                .filter(line -> line.startsWith("  server-template "))
                .findFirst()
                .orElseThrow();
        return template.substring(template.indexOf(" check"))
                .replaceFirst(" port 9090", " port " + admin)
                .replaceFirst(" resolvers \\S+", "")
                .replaceFirst(" init-addr \\S+", "")
                .replaceFirst(" resolve-prefer \\S+", "");
    }

    private void awaitUp() {
        long deadline = System.nanoTime() + START_SECONDS * 1_000_000_000L;
        while (!isUp()) {
            if (System.nanoTime() > deadline || !child.isAlive()) {
                throw new IllegalStateException("HAProxy did not get ready; see " + config.getParent());
            }
            Child.pause(100);
        }
    }

    /** Whether a gateway answers through it. */
    private boolean isUp() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) url().resolve("/ping").toURL().openConnection();
            connection.setRequestMethod("HEAD");
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(2_000);
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        // The master ends its workers when it is asked to, not when it is killed.
        child.signal("TERM");
        if (!child.awaitExit(5)) {
            child.signal("INT");
        }
        child.close();
    }
}
