package io.continuo.standalone.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SubjectRequest;
import io.continuo.common.cluster.ClusterBus;
import io.continuo.common.model.SubjectId;
import io.continuo.common.model.SubjectWrite;
import io.continuo.common.model.SubjectWrite.FactsPatch;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.subject.Interest;
import io.continuo.gateway.subject.Interest.All;
import io.continuo.gateway.subject.Interest.Kind;
import io.continuo.gateway.subject.Interest.Projection;
import io.continuo.gateway.subject.SubjectFeed;
import io.continuo.redis.EmbeddedRedis;
import io.continuo.standalone.process.ContinuoProcess;
import io.continuo.standalone.process.Processes;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A cluster of processes, of which this one is a gateway. */
class SubjectClusterIT {
    private static final int SUBJECTS = 20;

    @Test
    void aPresenceNodeThatIsKilledTakesNothingAlong() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.temporary();
                Processes cluster = new Processes(redis.uri())) {
            ContinuoProcess one = cluster.startPresence();
            ContinuoProcess other = cluster.startPresence();
            one.url();
            other.url();
            Vertx vertx = get(ClusterBus.join(
                    new VertxOptions(),
                    Transport.NIO,
                    Settings.of(cluster.settings()).cluster()));
            try {
                play(vertx, one);
            } finally {
                get(vertx.close());
            }
        }
    }

    private static void play(Vertx vertx, ContinuoProcess doomed) throws Exception {
        RecordCodec.register(vertx);
        ServiceClient services = new ServiceClient(vertx, new Partitions(64));
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        get(services.ask(new SubjectRequest.ListAll("ana", 1, null))) instanceof Reply.SubjectPage);
        for (long id = 1; id <= SUBJECTS; id++) {
            get(services.ask(new SubjectRequest.Define(
                    new SubjectId("", id),
                    true,
                    new FactsPatch(id + 1_000, "", "ana", false, null, List.of(), List.of(), null),
                    new SubjectWrite(id, true, "{\"n\":0}", null, null))));
        }
        Watcher ana = new Watcher("ana");
        Context loop = vertx.getOrCreateContext();
        SubjectFeed feed = new SubjectFeed(vertx, Addresses.loop("here", 0), services);
        get(Future.future(done -> loop.runOnContext(go -> feed.start()
                .onSuccess(up -> ana.open(feed, List.of(new Interest(Kind.STATE_BATCH, new All(), Projection.FULL, 0))))
                .onComplete(done))));
        await().atMost(Duration.ofSeconds(10)).until(() -> ana.states.size() == SUBJECTS);
        write(services, 1, 30);
        doomed.kill();
        write(services, 31, 60);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            for (long id = 1; id <= SUBJECTS; id++) {
                assertThat(ana.states.getOrDefault(id, new JsonObject()).getInteger("n"))
                        .isEqualTo(60);
            }
        });
        assertThat(ana.faults).isEmpty();
    }

    /** Until each number is stored, however often it has to be said. */
    private static void write(ServiceClient services, int from, int to) {
        for (int n = from; n <= to; n++) {
            String state = "{\"n\":" + n + "}";
            List<SubjectWrite> writes = LongStream.rangeClosed(1, SUBJECTS)
                    .mapToObj(id -> new SubjectWrite(id, false, state, null, null))
                    .toList();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> get(services.ask(new SubjectRequest.Write("", writes)))
                                    instanceof Reply.SubjectsWritten written
                            && written.rejections().isEmpty());
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(40, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
