package io.continuo.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionIT {
    private final TestGateway gateway = new TestGateway(Map.of(
            "CONTINUO_EVENT_LOOPS", "1",
            "CONTINUO_LOGINS_AT_ONCE", "1",
            "CONTINUO_LOGINS_WAITING", "1",
            "CONTINUO_RESUMES_PER_SECOND", "40",
            "CONTINUO_RESUMES_WAITING", "100"));

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aLoginTooManyIsTurnedAwayAndAResumeIsNot() {
        Promise<Void> later = Promise.promise();
        gateway.services.attachable = later.future();
        RawClient first = handshake("");
        RawClient waits = handshake("");
        RawClient turnedAway = handshake("");
        assertThat(turnedAway.status()).isEqualTo(503);
        assertThat(turnedAway.head()).containsPattern("(?i)retry-after: [1-9]");
        RawClient resumes = handshake("&since=0-0");
        // Its turn has come: it is being attached, as the first one is.
        await().until(() -> gateway.connections() == 2);
        later.complete();
        assertThat(resumes.status()).isEqualTo(101);
        assertThat(first.status()).isEqualTo(101);
        assertThat(waits.status()).isEqualTo(101);
        assertThat(gateway.count("continuo.admissions", "lane", "login", "outcome", "refused"))
                .isEqualTo(1);
    }

    @Test
    void manyWhoResumeAtOnceAllComeInAtTheSetRate() {
        long began = System.nanoTime();
        List<RawClient> all =
                IntStream.range(0, 40).mapToObj(i -> handshake("&since=0-0")).toList();
        all.forEach(client -> assertThat(client.status()).isEqualTo(101));
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertThat(tookMs).isGreaterThanOrEqualTo(39 * 25 - 20);
        assertThat(gateway.count("continuo.admissions", "lane", "resume", "outcome", "admitted"))
                .isEqualTo(40);
    }

    @Test
    void whoGoesWhileWaitingTakesNobodysTurn() {
        List<RawClient> all =
                IntStream.range(0, 20).mapToObj(i -> handshake("&since=0-0")).toList();
        all.subList(5, 20).forEach(RawClient::close);
        RawClient last = handshake("&since=0-0");
        assertThat(last.status()).isEqualTo(101);
        await().until(() -> gateway.connections() <= 7);
    }

    private RawClient handshake(String query) {
        String token = gateway.session("ines").token();
        String request = """
                GET /websocket?session_token=TOKEN HTTP/1.1
                Host: localhost
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Protocol: layer-2.0

                """.replace("TOKEN", token + query).replace("\n", "\r\n");
        return new RawClient(gateway.vertx, gateway.verticle.port(), request);
    }
}
