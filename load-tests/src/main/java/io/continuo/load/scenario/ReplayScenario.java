package io.continuo.load.scenario;

import io.continuo.load.figure.Report;
import io.continuo.load.server.CpuTime;
import io.continuo.load.server.DevLogin;
import io.continuo.load.wire.LoadClient;
import io.continuo.load.wire.LoadLoop;
import io.continuo.load.wire.Packet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A client is away for very long and gets everything that it missed: how soon it begins, and how long it takes. */
record ReplayScenario() implements Scenario {
    private static final int EVENTS = 100_000;
    private static final int WINDOW = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Override
    public void run(Bed bed) throws IOException {
        List<LoadClient> clients;
        try (DevLogin login = bed.server().login()) {
            clients = login.clients("r", 2);
        }
        Absence absence = new Absence(bed.loop(), clients.getFirst(), clients.getLast(), bed.scaled(EVENTS));
        absence.leave();
        absence.write();
        CpuTime before = bed.server().cpu();
        absence.comeBack();
        Report report = bed.report();
        report.section("away for " + bed.scaled(EVENTS) + " messages");
        report.figure("changes replayed", absence.replayed);
        report.figure("first packet after asking to connect, ms", (absence.first - absence.asked) / 1e6);
        report.figure("all caught up after asking to connect, ms", (absence.caughtUp - absence.asked) / 1e6);
        report.figure("CPU per change, µs", bed.server().cpu().minus(before).total() / absence.replayed);
        report.figure("lost", clients.getLast().continuity().lost());
        report.figure("doubled", clients.getLast().continuity().doubled());
        report.figure("miscounted", clients.getLast().miscounted());
    }

    /** The client that is away, and the one that goes on writing. What they hear belongs to the load's loop. */
    private static final class Absence {
        private final LoadLoop loop;
        private final LoadClient author;
        private final LoadClient reader;
        private final int messages;
        private final String conversation = "layer:///conversations/" + UUID.randomUUID();
        private int sent;
        private int answered;
        private long asked;
        private long first;
        private long caughtUp;
        private long replayed;

        Absence(LoadLoop loop, LoadClient author, LoadClient reader, int messages) {
            this.loop = loop;
            this.author = author;
            this.reader = reader;
            this.messages = messages;
        }

        /** Meets the other, and goes. */
        void leave() {
            loop.connectAll(List.of(reader), (client, packet) -> {});
            loop.connectAll(List.of(author), this::written);
            JsonArray participants = new JsonArray().add("layer:///identities/" + reader.user());
            loop.run(() -> author.send(request(
                    "Conversation.create",
                    new JsonObject()
                            .put(
                                    "data",
                                    new JsonObject().put("id", conversation).put("participants", participants)))));
            loop.await(PATIENCE, () -> reader.continuity().seq() > 0 && answered > 0);
            loop.run(reader::cut);
        }

        void write() {
            loop.run(() -> {
                for (int i = 0; i < WINDOW; i++) {
                    say();
                }
            });
            if (!loop.await(PATIENCE, () -> answered > messages)) {
                throw new IllegalStateException("Only " + answered + " messages were answered in time.");
            }
        }

        void comeBack() {
            long seq = reader.continuity().seq();
            asked = System.nanoTime();
            loop.resume(reader, this::read);
            if (!loop.await(PATIENCE, () -> caughtUp > 0)) {
                throw new IllegalStateException("The replay did not end in time.");
            }
            replayed = reader.continuity().seq() - seq;
        }

        private void written(LoadClient client, Packet packet) {
            if (packet.kind() == Packet.Kind.RESPONSE && answered++ > 0 && sent < messages) {
                say();
            }
        }

        private void read(LoadClient client, Packet packet) {
            first = first == 0 ? System.nanoTime() : first;
            if (packet.kind() == Packet.Kind.OPERATION) {
                caughtUp = System.nanoTime();
            }
        }

        private void say() {
            sent++;
            JsonArray parts = new JsonArray()
                    .add(new JsonObject().put("mime_type", "text/plain").put("body", "x".repeat(200)));
            author.send(request(
                    "Message.create",
                    new JsonObject().put("object_id", conversation).put("data", new JsonObject().put("parts", parts))));
        }

        private String request(String method, JsonObject body) {
            body.put("method", method).put("request_id", "r" + sent);
            return new JsonObject().put("type", "request").put("body", body).encode();
        }
    }
}
