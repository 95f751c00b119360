package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.continuo.farm.RedisFarm;
import io.continuo.farm.Topology;
import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.guide.Story;
import io.continuo.standalone.process.ContinuoProcess;
import io.continuo.standalone.process.Processes;
import io.continuo.standalone.process.Talk;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same promises on Redis in all its shapes. Everything that Continuo can do happens on each of them; where a primary
 * can be replaced, it dies in the middle of a talk. {@code scripts/topologies.sh} runs the larger suites on each.
 */
class RedisAtScaleIT {

    @ParameterizedTest
    @EnumSource(names = {"SECURED", "VALKEY"})
    void everythingWorksOnOneServer(Topology topology) throws Exception {
        try (RedisFarm farm = farm(topology)) {
            ContinuoProcess continuo = ContinuoProcess.start(settings(farm));
            try (Talk talk = new Talk("user", 3, continuo::url)) {
                Story.play(continuo.url());
                talk.goOn(3);
                whoIsBusyIsSeenSo(continuo.url());
                talk.verify();
            } finally {
                continuo.close();
            }
        }
    }

    /** The roles in processes of their own. */
    @ParameterizedTest
    @EnumSource(names = {"SENTINEL", "CLUSTER"})
    void aPrimaryDiesAndNobodyLosesAPacket(Topology topology) throws Exception {
        try (RedisFarm farm = farm(topology);
                Processes cluster = new Processes(farm.uri(), settings(farm))) {
            cluster.startMessaging();
            cluster.startPresence();
            cluster.startGateway();
            try (Talk talk = new Talk("user", 6, cluster::gateway)) {
                Story.play(cluster.gateway());
                if (topology == Topology.CLUSTER) {
                    farm.moveSlots();
                }
                talk.goOn(10);
                whoIsBusyIsSeenSo(cluster.gateway());
                farm.primary().kill();
                talk.goOn(10);
                talk.cutAll();
                talk.goOn(5);
                talk.verify();
                whoIsBusyIsSeenSo(cluster.gateway());
            }
        }
    }

    @Test
    void aClusterOfValkeyLosesAPrimaryAndNobodyAPacket() throws Exception {
        try (RedisFarm farm = farm(Topology.VALKEY_CLUSTER)) {
            ContinuoProcess continuo = ContinuoProcess.start(settings(farm));
            try (Talk talk = new Talk("user", 6, continuo::url)) {
                talk.goOn(5);
                farm.primary().kill();
                talk.goOn(5);
                talk.verify();
            } finally {
                continuo.close();
            }
        }
    }

    private static RedisFarm farm(Topology topology) {
        assumeThat(topology.isPossible())
                .as("the programs for " + topology.label() + " are installed")
                .isTrue();
        return topology.start();
    }

    private static Map<String, String> settings(RedisFarm farm) throws Exception {
        Map<String, String> settings = new HashMap<>(farm.settings());
        settings.putAll(Story.SETTINGS);
        settings.put("CONTINUO_DATA_DIR", Files.createTempDirectory("continuo").toString());
        return settings;
    }

    private static void whoIsBusyIsSeenSo(String url) throws Exception {
        Socket ines = Socket.open(url, Rest.login(url, "ines").token(), "layer-2.0", "", packet -> {});
        Socket omar = Socket.open(url, Rest.login(url, "omar").token(), "layer-2.0", "", packet -> {});
        JsonObject busy = new JsonObject()
                .put("operation", "set")
                .put("property", "status")
                .put("value", "busy");
        assertThat(ines.request("Presence.update", null, new JsonArray().add(busy))
                        .get(10, TimeUnit.SECONDS)
                        .getBoolean("success"))
                .isTrue();
        JsonObject ids = new JsonObject().put("ids", List.of("layer:///identities/ines"));
        assertThat(omar.request("Presence.sync", null, ids)
                        .get(10, TimeUnit.SECONDS)
                        .encode())
                .contains("busy");
        ines.cut();
        omar.cut();
    }
}
