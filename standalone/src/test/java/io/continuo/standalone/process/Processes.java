package io.continuo.standalone.process;

import io.continuo.gateway.GatewayMain;
import io.continuo.messaging.MessagingMain;
import io.continuo.presence.PresenceMain;
import io.continuo.redis.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A cluster of processes on one Redis. */
public final class Processes implements AutoCloseable {
    /** The cluster's first process listens here; everybody knows it. */
    private final int firstPort = Ports.free();

    private final Map<String, String> settings;
    private final List<ContinuoProcess> started = new ArrayList<>();
    private final List<ContinuoProcess> gateways = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    /** @param redis the value of {@code CONTINUO_REDIS} */
    public Processes(String redis) throws IOException {
        this(redis, Map.of());
    }

    /** @param more settings */
    public Processes(String redis, Map<String, String> more) throws IOException {
        settings = new HashMap<>(Map.of(
                "CONTINUO_REDIS",
                redis,
                "CONTINUO_SESSION_SECRET",
                UUID.randomUUID().toString(),
                "CONTINUO_DEV_LOGIN",
                "true",
                "CONTINUO_EVENT_LOOPS",
                "1",
                "CONTINUO_DRAIN_SECONDS",
                "1",
                "CONTINUO_CLUSTER_NAME",
                "test-" + UUID.randomUUID(),
                "CONTINUO_CLUSTER_PORT",
                Integer.toString(firstPort),
                "CONTINUO_CLUSTER_MEMBERS",
                members(),
                "CONTINUO_DATA_DIR",
                Files.createTempDirectory("continuo").toString()));
        settings.putAll(more);
    }

    /** What all processes are set to, for one that is to join them. */
    public Map<String, String> settings() {
        return settings;
    }

    /** Starts a process, and does not wait. */
    public ContinuoProcess startGateway() throws IOException {
        ContinuoProcess gateway = start(GatewayMain.class);
        synchronized (gateways) {
            gateways.add(gateway);
        }
        return gateway;
    }

    /** Starts a gateway with a known admin port, and does not wait. */
    public ContinuoProcess startGateway(int adminPort) throws IOException {
        ContinuoProcess gateway = start(GatewayMain.class, Map.of("CONTINUO_ADMIN_PORT", Integer.toString(adminPort)));
        synchronized (gateways) {
            gateways.add(gateway);
        }
        return gateway;
    }

    /** Starts a process, and does not wait. */
    public ContinuoProcess startMessaging() throws IOException {
        return start(MessagingMain.class);
    }

    /** Starts a messaging service with a known admin port, and does not wait. */
    public ContinuoProcess startMessaging(int adminPort) throws IOException {
        return start(MessagingMain.class, Map.of("CONTINUO_ADMIN_PORT", Integer.toString(adminPort)));
    }

    /** Starts a process, and does not wait. */
    public ContinuoProcess startPresence() throws IOException {
        return start(PresenceMain.class);
    }

    /** Where the next client is to go: to each gateway in turn. */
    public String gateway() {
        List<ContinuoProcess> all;
        synchronized (gateways) {
            all = List.copyOf(gateways);
        }
        return all.get(Math.floorMod(next.getAndIncrement(), all.size())).url();
    }

    /** Sends nobody to {@code gateway} any more. */
    public void forget(ContinuoProcess gateway) {
        synchronized (gateways) {
            gateways.remove(gateway);
        }
    }

    @Override
    public void close() {
        started.forEach(ContinuoProcess::close);
    }

    private ContinuoProcess start(Class<?> role) throws IOException {
        return start(role, Map.of());
    }

    private ContinuoProcess start(Class<?> role, Map<String, String> more) throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        ContinuoProcess process = ContinuoProcess.starting(role, all);
        started.add(process);
        return process;
    }

    /** Each process takes the next port that is free. */
    private String members() {
        List<String> members = new ArrayList<>();
        for (int port = firstPort; port < firstPort + 10; port++) {
            members.add("127.0.0.1:" + port);
        }
        return String.join(",", members);
    }
}
