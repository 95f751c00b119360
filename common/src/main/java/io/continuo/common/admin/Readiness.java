package io.continuo.common.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Whether a node wants traffic: when it has started, does not stop, and all it depends on works. Safe for use by several
 * threads.
 */
public final class Readiness {
    private final Map<String, BooleanSupplier> checks = new ConcurrentSkipListMap<>();
    private volatile boolean open;

    /**
     * Adds something that must be true, and is quick to say so on any thread.
     *
     * @param name a word
     */
    public void require(String name, BooleanSupplier check) {
        checks.put(name, check);
    }

    /** The node has started. */
    public void open() {
        open = true;
    }

    /** The node is about to stop. */
    public void close() {
        open = false;
    }

    /** Whether it has started and does not stop. */
    public boolean isOpen() {
        return open;
    }

    public boolean isReady() {
        return !findings().containsValue(false);
    }

    /** What there is to say of it, for whoever asks over HTTP. */
    public Report report() {
        Map<String, Boolean> findings = findings();
        boolean ready = !findings.containsValue(false);
        String checks = findings.entrySet().stream()
                .map(finding -> "\"" + finding.getKey() + "\":" + finding.getValue())
                .collect(Collectors.joining(","));
        return new Report(ready ? 200 : 503, "{\"ready\":" + ready + ",\"checks\":{" + checks + "}}");
    }

    /**
     * @param status 200 or 503
     * @param json which checks there are, and which of them failed
     */
    public record Report(int status, String json) {}

    /** What was looked at, and whether it is as it should be. */
    Map<String, Boolean> findings() {
        Map<String, Boolean> findings = new LinkedHashMap<>();
        findings.put("serving", open);
        checks.forEach((name, check) -> findings.put(name, check.getAsBoolean()));
        return findings;
    }
}
