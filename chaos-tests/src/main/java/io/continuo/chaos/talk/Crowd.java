package io.continuo.chaos.talk;

import io.continuo.chaos.log.ClientLog;
import io.continuo.chaos.log.Course;
import io.continuo.chaos.log.Line;
import io.continuo.common.model.LayerId;
import io.continuo.load.wire.LoadLoop;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * People who are new to the server, and talk in conversations of several sizes. Its methods block; they are for one
 * thread that is not the load's.
 */
public final class Crowd implements AutoCloseable {
    /** How many of a crowd take part in each conversation; 0 for all. */
    private static final List<Integer> SIZES = List.of(2, 2, 3, 5, 8, 13, 25, 0);

    private static final int LOGINS_AT_ONCE = 4;
    private static final int TICK_MS = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CATCH_UP = Duration.ofSeconds(40);
    private static final int TRIES = 20;

    private final LoadLoop loop;
    private final Rest rest;
    private final Random random;
    private final Course.Writer course;
    private final List<Client> clients = new ArrayList<>();
    private final List<Conversation> conversations = new ArrayList<>();
    private boolean talking;
    private boolean closed;

    private record Conversation(String id, List<Client> speakers) {}

    /**
     * Logs everybody in and makes the conversations.
     *
     * @param name begins everybody's name: new for each crowd
     * @param folder for the logs
     */
    public Crowd(URI balancer, Path folder, String name, int people, Random random) {
        loop = new LoadLoop(new InetSocketAddress(balancer.getHost(), balancer.getPort()));
        rest = new Rest(balancer);
        course = new Course.Writer(folder);
        this.random = random;
        List<Client> firsts = inParallel(IntStream.range(0, people).mapToObj(i -> name + i).toList().stream()
                .<Callable<Client>>map(user -> () -> new Client(
                        loop,
                        new Client.Account(user, rest.login(user)),
                        new ClientLog(folder, user, 1),
                        new Random(user.hashCode() ^ random.nextLong())))
                .toList());
        clients.addAll(firsts);
        for (int i = 0; i < people; i += 7) {
            Client first = firsts.get(i);
            clients.add(new Client(
                    loop,
                    new Client.Account(first.user(), first.token()),
                    new ClientLog(folder, first.user(), 2),
                    new Random(random.nextLong())));
        }
        clients.forEach(client -> client.onReload(() -> Thread.startVirtualThread(() -> reload(client))));
        SIZES.forEach(size -> converse(firsts, size == 0 ? people : Math.min(size, people)));
    }

    private void converse(List<Client> everybody, int size) {
        List<Client> some = new ArrayList<>(everybody);
        Collections.shuffle(some, random);
        List<Client> speakers = some.subList(0, size);
        List<String> users = speakers.stream().map(Client::user).toList();
        String id = LayerId.newUuid();
        rest.converse(speakers.getFirst().token(), id, users);
        course.conversation(id, users);
        conversations.add(new Conversation(id, speakers));
    }

    /** Opens all sockets and waits for them. */
    public void connect() {
        loop.run(() -> {
            clients.forEach(Client::connect);
            tick();
        });
        if (!loop.await(PATIENCE, () -> clients.stream().allMatch(Client::isConnected))) {
            throw new IllegalStateException("Not everybody could connect.");
        }
    }

    private void tick() {
        if (!closed) {
            clients.forEach(Client::tick);
            loop.after(Duration.ofMillis(TICK_MS), this::tick);
        }
    }

    /** From now on somebody says something, so many times a second. */
    public void talk(int perSecond) {
        loop.run(() -> {
            talking = true;
            speak(Duration.ofNanos(1_000_000_000L / perSecond));
        });
    }

    private void speak(Duration pause) {
        if (!talking) {
            return;
        }
        Conversation conversation = conversations.get(random.nextInt(conversations.size()));
        Client speaker = conversation
                .speakers()
                .get(random.nextInt(conversation.speakers().size()));
        if (speaker.mayTalk()) {
            speaker.say(conversation.id());
        }
        loop.after(pause, () -> speak(pause));
    }

    /** Everybody falls silent; ends when all that was said has been answered. False when it was not in time. */
    public boolean fallSilent() {
        loop.run(() -> {
            talking = false;
            clients.forEach(Client::beQuiet);
        });
        return loop.await(PATIENCE, () -> clients.stream().allMatch(Client::isAnswered));
    }

    /** Waits until each client has all of its history, then writes down what REST says. */
    public void compareWithRest() {
        inParallel(clients.stream()
                .filter(client -> loop.call(() -> !client.hasLeft()))
                .<Callable<Boolean>>map(client -> () -> compareWithRest(client))
                .toList());
    }

    /** Others may still be told of something when one is through: then it is done once more. */
    private boolean compareWithRest(Client client) {
        for (int i = 0; i < TRIES; i++) {
            Rest.Conversations now = rest.conversations(client.token());
            boolean caughtUp = loop.await(
                    CATCH_UP, () -> client.isConnected() && sequence(client.position()) >= sequence(now.position()));
            List<Line> lines = byRest(client, now);
            boolean done = !caughtUp || i == TRIES - 1;
            if (loop.call(() -> client.writeIfAt(now.position(), done, lines))) {
                break;
            }
        }
        return true;
    }

    private List<Line> byRest(Client client, Rest.Conversations now) {
        List<Line> lines = new ArrayList<>(List.of(new Line.Tail(now.position())));
        for (JsonObject conversation : now.all()) {
            String id = Client.uuid(conversation.getString("id"));
            JsonObject last = conversation.getJsonObject("last_message");
            lines.add(new Line.Rest(
                    id,
                    conversation.getLong("unread_message_count"),
                    last == null ? Line.NONE : Client.uuid(last.getString("id")),
                    rest.messages(client.token(), id)));
        }
        return lines;
    }

    private static long sequence(String position) {
        return Long.parseLong(position.substring(position.indexOf('-') + 1));
    }

    /** How many positions the histories of all of them have, those included who have left. */
    public long appended() {
        Set<String> tokens = clients.stream().map(Client::token).collect(Collectors.toSet());
        return tokens.stream()
                .mapToLong(token -> sequence(rest.conversations(token).position()))
                .sum();
    }

    private void reload(Client client) {
        String position = rest.conversations(client.token()).position();
        loop.run(() -> client.restart(position));
    }

    /** How many clients are on each gateway, as the balancer calls them. */
    public Map<String, Long> spread() {
        return loop.call(() -> spread(clients.stream()));
    }

    private static Map<String, Long> spread(Stream<Client> some) {
        return some.collect(Collectors.groupingBy(Client::server, TreeMap::new, Collectors.counting()));
    }

    /** Waits until no gateway of some has much more clients than any other; false when that was not so in time. */
    public boolean awaitEven(int gateways, Duration atMost) {
        return loop.await(atMost, () -> {
            Map<String, Long> spread = spread(clients.stream().filter(client -> !client.hasLeft()));
            long least = Collections.min(spread.values());
            return spread.size() == gateways
                    && !spread.containsKey(Line.NONE)
                    && Collections.max(spread.values()) <= least + Math.max(1, least / 10);
        });
    }

    /**
     * Some users all of whose sockets are on {@code server} go away for good, as if they had died with it; those who follow
     * them, and are elsewhere, are to hear of it.
     *
     * @param withinMs how soon
     * @return how many they are
     */
    public int haunt(String server, int most, long withinMs) {
        return loop.call(() -> {
            Predicate<Client> there = client -> client.server().equals(server);
            List<String> ghosts = clients.stream()
                    .collect(Collectors.groupingBy(Client::user, TreeMap::new, Collectors.toList()))
                    .entrySet()
                    .stream()
                    .filter(user -> user.getValue().stream().allMatch(there))
                    .map(Map.Entry::getKey)
                    .filter(user -> !followersElsewhere(user, server).isEmpty())
                    .limit(most)
                    .toList();
            clients.stream().filter(client -> ghosts.contains(client.user())).forEach(Client::leave);
            ghosts.forEach(ghost -> course.ghost(
                    new Course.Ghost(ghost, System.currentTimeMillis(), withinMs, followersElsewhere(ghost, server))));
            return ghosts.size();
        });
    }

    /** Whoever has left is cut off, which a gateway that stands still does not see. */
    public void cutLeavers() {
        loop.run(() -> clients.stream().filter(Client::hasLeft).forEach(Client::end));
    }

    /** Who shares a small conversation follows each other. */
    private List<String> followersElsewhere(String ghost, String server) {
        return conversations.stream()
                .filter(conversation -> conversation.speakers().size() <= 25)
                .filter(conversation -> conversation.speakers().stream()
                        .anyMatch(speaker -> speaker.user().equals(ghost)))
                .flatMap(conversation -> conversation.speakers().stream())
                .filter(speaker -> speaker.isConnected() && !speaker.hasLeft())
                .filter(speaker -> clients.stream()
                        .filter(client -> client.user().equals(speaker.user()))
                        .noneMatch(client -> client.server().equals(server)))
                .map(Client::user)
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        loop.run(() -> {
            closed = true;
            talking = false;
            clients.forEach(Client::end);
        });
        loop.close();
        rest.close();
        clients.forEach(client -> client.log().close());
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) {
        try (ExecutorService some = Executors.newFixedThreadPool(LOGINS_AT_ONCE)) {
            List<Future<T>> futures = some.invokeAll(tasks);
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }
}
