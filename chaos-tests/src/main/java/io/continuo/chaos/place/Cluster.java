package io.continuo.chaos.place;

import io.continuo.chaos.log.Course;
import io.continuo.chaos.place.Member.Role;
import io.continuo.redis.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Redis, some processes of each role, and a balancer in front. Blocking. */
public final class Cluster implements AutoCloseable {
    private final Path folder;
    private final Shape shape;
    private final Network network;
    private final RedisServer redis;
    private final Map<String, String> settings = new TreeMap<>();
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private final Balancer balancer;

    /**
     * How many processes of each role there are, how careful Redis is, and how many come in at a time.
     *
     * @param fsync of the append-only file: {@code always} or {@code everysec}
     * @param resumes how many clients that resume each gateway lets in each second
     */
    public record Shape(int gateways, int messaging, int presence, String fsync, int resumes) {}

    private Cluster(Path home, Path folder, Shape shape, Network network) {
        this.folder = folder;
        this.shape = shape;
        this.network = network;
        redis = new RedisServer(folder, network.host(), shape.fsync());
        try {
            int clusterPort = Ports.free();
            settings.putAll(Map.of(
                    "CONTINUO_REDIS",
                    redis.uri(),
                    "CONTINUO_SESSION_SECRET",
                    UUID.randomUUID().toString(),
                    "CONTINUO_DEV_LOGIN",
                    "true",
                    "CONTINUO_EVENT_LOOPS",
                    "1",
                    "CONTINUO_DRAIN_DELAY_SECONDS",
                    "2",
                    "CONTINUO_CLUSTER_NAME",
                    "chaos-" + UUID.randomUUID(),
                    "CONTINUO_CLUSTER_PORT",
                    Integer.toString(clusterPort),
                    "CONTINUO_DATA_DIR",
                    folder.resolve("content").toString(),
                    "CONTINUO_LOG_LEVEL",
                    "info"));
            settings.put("CONTINUO_RESUMES_PER_SECOND", Integer.toString(shape.resumes()));
            add(Role.MESSAGING, shape.messaging());
            add(Role.PRESENCE, shape.presence());
            add(Role.GATEWAY, shape.gateways());
            members.forEach(Member::awaitReady);
            balancer = new Balancer(folder, home.resolve("deploy/haproxy.cfg"), network.host(), gateways());
        } catch (RuntimeException failed) {
            members.forEach(Member::close);
            redis.close();
            network.close();
            throw failed;
        }
    }

    /**
     * Starts everything and waits until it serves.
     *
     * @param home the folder of the project
     * @param folder for data and logs
     */
    public static Cluster start(Path home, Path folder, Shape shape, Network network) {
        try {
            Files.createDirectories(folder);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return new Cluster(home, folder, shape, network);
    }

    private void add(Role role, int count) {
        IntStream.range(0, count).forEach(i -> add(role));
    }

    /** Starts one more, and does not wait; a gateway gets clients once {@link #balanceAll} is called. */
    public Member add(Role role) {
        Network.Place place = network.place();
        // Everybody looks for the first ones, which always run again.
        settings.putIfAbsent("CONTINUO_CLUSTER_MEMBERS", place.address());
        long number = members.stream().filter(member -> member.role() == role).count() + 1;
        Member member = new Member(role, role.toString() + number, place, settings, folder);
        members.add(member);
        return member;
    }

    /** Stops one for good. */
    public void remove(Member member) {
        member.stop();
        members.remove(member);
    }

    /** Takes one that was stopped off the list. */
    public void forget(Member member) {
        members.remove(member);
    }

    /** Tells the balancer which gateways there are now. */
    public void balanceAll() {
        balancer.use(gateways());
    }

    private Map<String, Balancer.Gateway> gateways() {
        return all(Role.GATEWAY).stream().collect(Collectors.toMap(Member::name, Member::gateway));
    }

    public List<Member> members() {
        return List.copyOf(members);
    }

    /** All of a role, in the order of their start. */
    public List<Member> all(Role role) {
        return members.stream().filter(member -> member.role() == role).toList();
    }

    public RedisServer redis() {
        return redis;
    }

    /** How many clients that resume each gateway lets in each second. */
    public int resumesPerSecond() {
        return shape.resumes();
    }

    public Balancer balancer() {
        return balancer;
    }

    /** What the messaging services say of what was appended to histories. */
    public Ledger ledger() {
        return Ledger.of(all(Role.MESSAGING));
    }

    /** Has the gateways asked how many they let in, until it is closed. */
    public Doors watchDoors(Course.Writer course) {
        return new Doors(() -> all(Role.GATEWAY), course);
    }

    /** From now on two processes cannot reach each other. */
    public void cut(Member one, Member other) {
        network.cut(one.place(), other.place());
    }

    /** They can again. */
    public void heal() {
        network.heal();
    }

    /** Starts again whatever is not running, and waits until everything is ready. */
    public void repair() {
        List<Member> dead = members.stream().filter(member -> !member.isAlive()).toList();
        dead.forEach(Member::start);
        dead.forEach(Member::awaitReady);
    }

    @Override
    public void close() {
        balancer.close();
        members.forEach(Member::close);
        redis.close();
        network.close();
    }
}
