package io.continuo.load.scenario;

import io.continuo.load.server.Backend;
import io.continuo.load.server.CpuTime;
import io.continuo.load.server.Profile;
import io.continuo.load.wire.LoadLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A backend that writes the states of twelve thousand subjects that nobody watches, a thousand in a request and four
 * requests at a time: each update merges some 200 bytes into a state of twice as much.
 */
record SubjectScenario() implements Scenario {
    private static final int SUBJECTS = 12_000;
    private static final int AT_ONCE = 1_000;
    private static final int REQUESTS = 4;

    @Override
    public void run(Bed bed) throws IOException {
        int subjects = bed.scaled(SUBJECTS);
        try (Backend backend = bed.server().backend()) {
            create(backend, subjects);
            Writers writers = new Writers(backend, subjects);
            writers.begin();
            LoadLoop.pause(bed.warmUp());
            measure(bed, writers);
            writers.end();
        }
    }

    private static void measure(Bed bed, Writers writers) throws IOException {
        Profile profile = bed.profiled() ? bed.server().profile() : null;
        long written = writers.written.get();
        CpuTime before = bed.server().cpu();
        long began = System.nanoTime();
        LoadLoop.pause(bed.measured());
        double seconds = (System.nanoTime() - began) / 1e9;
        CpuTime spent = bed.server().cpu().minus(before);
        double updates = writers.written.get() - written;
        bed.report().section("updates of subjects");
        bed.report().figure("updates/s", updates / seconds);
        bed.report().figure("CPU per update, µs", spent.total() / updates);
        bed.report().figure("– server outside the kernel, µs", spent.user() / updates);
        bed.report().figure("– server inside the kernel, µs", spent.kernel() / updates);
        bed.report().figure("– Redis, µs", spent.redis() / updates);
        bed.report().figure("– rewrites of Redis' file, µs", spent.rewrites() / updates);
        bed.report().figure("updates/s on one core", 1e6 / (spent.total() / updates));
        if (profile != null) {
            profile.finish(bed.report());
        }
    }

    private static void create(Backend backend, int subjects) {
        List<CompletableFuture<String>> made = new ArrayList<>();
        for (int id = 1; id <= subjects; id++) {
            made.add(backend.ask(
                    "PUT",
                    "/subjects/" + id,
                    "application/json",
                    "{\"label\":\"Van " + id + "\",\"owner\":\"owner" + (id % 20) + "\",\"state\":" + state() + "}"));
            if (made.size() == 100) {
                made.forEach(CompletableFuture::join);
                made.clear();
            }
        }
        made.forEach(CompletableFuture::join);
    }

    private static String state() {
        return """
                {"gps":{"updated":"2026-11-20T16:35:00Z","signal_level":100,"location":{"lat":48.20817,"lng":16.37382},\
                "heading":87,"speed":0,"alt":171},"connection_status":"active","movement_status":"parked",\
                "movement_status_update":"2026-11-20T16:20:11Z","last_update":"2026-11-20T16:35:00Z",\
                "gsm":{"updated":"2026-11-20T16:35:00Z","signal_level":80,"network_name":"A1","roaming":false},\
                "battery_level":96,"inputs":[false,true],"outputs":[false]}""";
    }

    private static String update(int id) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "{\"id\":" + id + ",\"state\":{\"gps\":{\"updated\":\"2026-11-20T16:36:" + (10 + random.nextInt(50))
                + "Z\",\"location\":{\"lat\":48." + random.nextInt(100_000) + ",\"lng\":16." + random.nextInt(100_000)
                + "},\"heading\":" + random.nextInt(360) + ",\"speed\":" + random.nextInt(130)
                + "},\"movement_status\":\"moving\",\"last_update\":\"2026-11-20T16:36:10Z\"}}\n";
    }

    /** Requests under way, each followed by another. */
    private static final class Writers {
        private final AtomicLong written = new AtomicLong();
        private final Backend backend;
        private final int subjects;
        private final List<String> bodies = new ArrayList<>();
        private final List<CompletableFuture<Void>> running = new ArrayList<>();
        private volatile boolean ended;

        Writers(Backend backend, int subjects) {
            this.backend = backend;
            this.subjects = subjects;
            for (int i = 0; i < 4 * REQUESTS; i++) {
                bodies.add(body());
            }
        }

        void begin() {
            for (int i = 0; i < REQUESTS; i++) {
                running.add(write(i));
            }
        }

        void end() {
            ended = true;
            running.forEach(each -> each.orTimeout(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS)
                    .join());
        }

        private CompletableFuture<Void> write(int turn) {
            return backend.ask("POST", "/subjects", "application/x-ndjson", bodies.get(turn % bodies.size()))
                    .thenCompose(answer -> {
                        if (!answer.contains("\"rejected\":[]")) {
                            throw new IllegalStateException(answer);
                        }
                        written.addAndGet(AT_ONCE);
                        return ended ? CompletableFuture.completedFuture(null) : write(turn + REQUESTS);
                    });
        }

        private String body() {
            StringBuilder body = new StringBuilder();
            for (int i = 0; i < AT_ONCE; i++) {
                body.append(update(1 + ThreadLocalRandom.current().nextInt(subjects)));
            }
            return body.toString();
        }
    }
}
