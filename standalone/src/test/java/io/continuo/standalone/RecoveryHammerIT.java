package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.client.View;
import io.continuo.standalone.process.ContinuoProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Clients that are cut again and again, at any point between replay and live, while messages flow at full speed: they
 * end with exactly what a client has that never left.
 */
class RecoveryHammerIT {
    private static final List<String> PEOPLE = List.of("ines", "omar", "zoe", "ravi");
    private static final int MESSAGES_PER_WRITER = 400;

    private static ContinuoProcess continuo;

    @BeforeAll
    static void start() throws Exception {
        continuo = ContinuoProcess.start();
    }

    @AfterAll
    static void stop() throws Exception {
        continuo.stop();
    }

    /** Everything one client was given, over all its connections. */
    private static final class Log {
        final List<String> changes = Collections.synchronizedList(new ArrayList<>());
        final List<String> verdicts = Collections.synchronizedList(new ArrayList<>());
        final List<String> faults = Collections.synchronizedList(new ArrayList<>());
        final View view;
        volatile String position;

        Log(String user, String position) {
            this.view = new View(user);
            this.position = position;
        }

        void take(JsonObject packet) {
            switch (packet.getString("type")) {
                case "change" -> {
                    position = packet.getString("position");
                    changes.add(position + " " + packet.getString("timestamp") + " "
                            + packet.getJsonObject("body").encode());
                    view.apply(packet);
                }
                case "operation" ->
                    verdicts.add(
                            packet.getJsonObject("body").getJsonObject("data").getString("verdict"));
                default -> {}
            }
        }
    }

    /** A client that is cut at random moments until it is told to stay. */
    private static final class Victim implements Runnable {
        final Log log;
        final AtomicBoolean stay = new AtomicBoolean();
        final Random random;
        final String user;
        private final Rest rest;
        private @Nullable Socket socket;
        int cuts;

        Victim(String user, String position, long seed) {
            this.user = user;
            this.rest = Rest.login(continuo.url(), user);
            this.log = new Log(user, position);
            this.random = new Random(seed);
        }

        @Override
        public void run() {
            try {
                while (!stay.get()) {
                    live();
                    cuts++;
                }
                open(Integer.MAX_VALUE, new CompletableFuture<>());
            } catch (Exception failure) {
                log.faults.add(failure.toString());
            }
        }

        /** One short life: it ends after some packets, perhaps inside the replay, perhaps at once, or after a while. */
        private void live() throws Exception {
            CompletableFuture<Void> enough = new CompletableFuture<>();
            Socket open = open(random.nextInt(150), enough);
            enough.completeOnTimeout(null, 1 + random.nextInt(200), TimeUnit.MILLISECONDS)
                    .join();
            synchronized (log) {
                open.cut();
            }
            log.faults.addAll(open.faults());
        }

        private Socket open(int packets, CompletableFuture<Void> enough) throws Exception {
            int[] left = {packets};
            Socket open = Socket.open(continuo.url(), rest.token(), "layer-2.0", "&since=" + log.position, packet -> {
                synchronized (log) {
                    if (enough.isDone() && packets != Integer.MAX_VALUE) {
                        return; // it was cut before this packet: a client that is gone takes no notice
                    }
                    log.take(packet);
                    if (--left[0] < 0) {
                        enough.complete(null);
                    }
                }
            });
            socket = open;
            return open;
        }

        void close() {
            Socket open = socket;
            if (open != null) {
                log.faults.addAll(open.faults());
                open.cut();
            }
        }
    }

    @Test
    void whoIsCutAtAnyPointEndsWithWhatOneHasWhoNeverLeft() throws Exception {
        Rest ines = Rest.login(continuo.url(), "ines");
        List<Log> steady = new ArrayList<>();
        List<Socket> sockets = new ArrayList<>();
        List<Victim> victims = new ArrayList<>();
        for (String user : PEOPLE) {
            Log log = new Log(user, "0-0");
            steady.add(log);
            sockets.add(Socket.open(
                    continuo.url(), Rest.login(continuo.url(), user).token(), "layer-2.0", "&since=0-0", log::take));
            for (int i = 0; i < 2; i++) {
                victims.add(new Victim(user, "0-0", user.hashCode() * 31L + i));
            }
        }
        List<Thread> threads = victims.stream().map(Thread::startVirtualThread).toList();
        String conversation = create(sockets.getFirst());
        List<Thread> writers = sockets.subList(0, 3).stream()
                .map(socket -> Thread.startVirtualThread(() -> write(socket, conversation)))
                .toList();
        Thread reader = Thread.startVirtualThread(() -> read(steady.get(1)));
        for (Thread writer : writers) {
            writer.join();
        }
        reader.join();
        victims.forEach(victim -> victim.stay.set(true));
        for (Thread thread : threads) {
            thread.join();
        }
        String tail = continuoTail(ines);
        for (int i = 0; i < PEOPLE.size(); i++) {
            Log never = steady.get(i);
            await().atMost(Duration.ofSeconds(30)).until(() -> messages(never).size() == 3 * MESSAGES_PER_WRITER + 1);
            assertThat(sockets.get(i).faults()).isEmpty();
        }
        assertThat(steady.getFirst().position).isEqualTo(tail);
        for (Victim victim : victims) {
            Log never = steady.get(PEOPLE.indexOf(victim.user));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(victim.log.position).isEqualTo(never.position));
            assertThat(victim.log.faults).isEmpty();
            assertThat(List.copyOf(victim.log.changes)).isEqualTo(List.copyOf(never.changes));
            assertThat(victim.log.verdicts).isNotEmpty().containsOnly("complete");
            assertThat(victim.cuts).isGreaterThan(3);
            victim.close();
        }
        for (Log log : steady) {
            assertThat(messages(log)).isEqualTo(messages(steady.getFirst()));
        }
        for (int i = 0; i < PEOPLE.size(); i++) {
            Rest rest = Rest.login(continuo.url(), PEOPLE.get(i));
            List<String> fromRest = View.load(rest, PEOPLE.get(i)).describe();
            assertThat(steady.get(i).view.describe()).isEqualTo(fromRest);
            assertThat(victims.get(2 * i).log.view.describe()).isEqualTo(fromRest);
        }
        sockets.forEach(Socket::cut);
    }

    private static String create(Socket socket) throws Exception {
        JsonArray participants = new JsonArray();
        PEOPLE.forEach(user -> participants.add("layer:///identities/" + user));
        String id = Rest.newId("conversations");
        JsonObject answer = socket.request(
                        "Conversation.create",
                        null,
                        new JsonObject().put("id", id).put("participants", participants))
                .get(20, TimeUnit.SECONDS);
        assertThat(answer.getBoolean("success")).as(answer.encode()).isTrue();
        say(socket, id, "first").get(20, TimeUnit.SECONDS);
        return id;
    }

    /** Writes as fast as answers come, ten at a time. */
    private static void write(Socket socket, String conversation) {
        List<CompletableFuture<JsonObject>> underWay = new ArrayList<>();
        for (int i = 0; i < MESSAGES_PER_WRITER; i++) {
            underWay.add(say(socket, conversation, "text " + i));
            if (underWay.size() == 10) {
                underWay.forEach(CompletableFuture::join);
                underWay.clear();
            }
        }
        underWay.forEach(CompletableFuture::join);
    }

    private static CompletableFuture<JsonObject> say(Socket socket, String conversation, String text) {
        JsonArray parts = new JsonArray()
                .add(new JsonObject().put("mime_type", "text/plain").put("body", text));
        return socket.request(
                "Message.create",
                conversation,
                new JsonObject().put("id", Rest.newId("messages")).put("parts", parts));
    }

    /** Somebody reads along, so that receipts and unread counts change among the messages. */
    private static void read(Log log) {
        Rest rest = Rest.login(continuo.url(), PEOPLE.get(1));
        for (int i = 0; i < 100; i++) {
            int wanted = i;
            await().until(() -> messages(log).size() > wanted);
            rest.receipt(messages(log).get(i), i % 3 == 0 ? "delivery" : "read");
        }
    }

    /** The bare ids of the messages, in the order of their creation. */
    private static List<String> messages(Log log) {
        return List.copyOf(log.changes).stream()
                .filter(change ->
                        change.contains("\"operation\":\"create\"") && change.contains("\"type\":\"Message\""))
                .map(change -> change.replaceFirst(".*?layer:///messages/([0-9a-f-]{36}).*", "$1"))
                .toList();
    }

    private static String continuoTail(Rest rest) {
        return rest.get("/conversations")
                .headers()
                .firstValue("Continuo-Position")
                .orElseThrow();
    }
}
