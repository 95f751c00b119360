package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.process.ContinuoProcess;
import io.continuo.standalone.process.RedisFarm;
import io.continuo.standalone.process.Talk;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same promises on a Redis Cluster and behind sentinels, also when a primary dies in the middle of a talk. */
class RedisAtScaleIT {

    @BeforeAll
    static void needsPrograms() {
        assumeThat(RedisFarm.isPossible())
                .as("redis-server and redis-cli are installed")
                .isTrue();
    }

    @Test
    void aClusterLosesAPrimaryAndNobodyAPacket() throws Exception {
        try (RedisFarm farm = RedisFarm.cluster()) {
            talkWhileThePrimaryDies(farm, farm.clusterUri());
        }
    }

    @Test
    void sentinelsReplaceThePrimaryAndNobodyLosesAPacket() throws Exception {
        try (RedisFarm farm = RedisFarm.sentinels()) {
            talkWhileThePrimaryDies(farm, farm.sentinelUri());
        }
    }

    @Test
    void aLoginOverTlsThatMayDoNothingDangerousIsEnough() throws Exception {
        try (RedisFarm farm = RedisFarm.secured()) {
            ContinuoProcess continuo = ContinuoProcess.start(farm.securedSettings());
            try (Talk talk = new Talk("user", 3, continuo::url)) {
                talk.goOn(3);
                whoIsBusyIsSeenSo(continuo.url());
                talk.verify();
            } finally {
                continuo.close();
            }
        }
    }

    @Test
    void slotsMoveToAnotherServerAndNobodyNotices() throws Exception {
        try (RedisFarm farm = RedisFarm.cluster()) {
            ContinuoProcess continuo = ContinuoProcess.start(Map.of(
                    "CONTINUO_REDIS",
                    farm.clusterUri(),
                    "CONTINUO_DATA_DIR",
                    Files.createTempDirectory("continuo").toString()));
            try (Talk talk = new Talk("user", 6, continuo::url)) {
                talk.goOn(5);
                farm.moveSlots();
                talk.goOn(5);
                talk.verify();
            } finally {
                continuo.close();
            }
        }
    }

    private static void talkWhileThePrimaryDies(RedisFarm farm, String uri) throws Exception {
        ContinuoProcess continuo = ContinuoProcess.start(Map.of(
                "CONTINUO_REDIS",
                uri,
                "CONTINUO_DATA_DIR",
                Files.createTempDirectory("continuo").toString()));
        try (Talk talk = new Talk("user", 6, continuo::url)) {
            talk.goOn(10);
            whoIsBusyIsSeenSo(continuo.url());
            farm.killPrimary();
            talk.goOn(10);
            talk.cutAll();
            talk.goOn(5);
            talk.verify();
            whoIsBusyIsSeenSo(continuo.url());
        } finally {
            continuo.close();
        }
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
