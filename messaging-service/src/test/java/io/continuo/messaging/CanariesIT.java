package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.Keys;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CanariesIT {
    private static final String CANARY = UserId.canary(Service.LOOP);

    private Service service;

    @BeforeEach
    void start() throws Exception {
        service = new Service(2);
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
    }

    @Test
    void areHeardThroughEveryPartitionAndLeaveNothingThatStays() throws Exception {
        service.attach(CANARY);
        assertThat(ttl(Keys.client(CANARY))).isBetween(1L, 60_000L);
        for (int partition = 0; partition < 64; partition++) {
            assertThat(service.ask(new HistoryRequest.Sing(CANARY, partition, partition)))
                    .isEqualTo(Reply.Done.INSTANCE);
        }
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> service.delivered(CANARY).size() == 64);
        assertThat(service.delivered(CANARY))
                .extracting(Delivery::event)
                .contains(new Event.CanarySang(CANARY, 0), new Event.CanarySang(CANARY, 63));
        await().atMost(10, TimeUnit.SECONDS).until(() -> number(Command.XLEN, Keys.history(CANARY)) == 1);
        assertThat(ttl(Keys.client(CANARY))).isBetween(1L, 60_000L);
        assertThat(ttl(Keys.history(CANARY))).isBetween(1L, 60_000L);
        for (int partition = 0; partition < 64; partition++) {
            String outbox = Keys.outbox(partition);
            await().atMost(10, TimeUnit.SECONDS).until(() -> number(Command.XLEN, outbox) == 0);
        }
    }

    @Test
    void areOfNoAppAndNoOtherClientsKeysFade() throws Exception {
        assertThat(UserId.isCanary(CANARY)).isTrue();
        assertThat(UserId.isCanary("~ines")).isFalse();
        assertThat(UserId.isBackend(CANARY)).isFalse();
        assertThat(UserId.isNameOnly(CANARY)).isFalse();
        assertThat(UserId.isValid(CANARY)).isFalse();
        service.attach("ines");
        assertThat(ttl(Keys.client("ines"))).isEqualTo(-1);
        List<Delivery> delivered = service.delivered("ines");
        assertThat(delivered).isEmpty();
    }

    private long ttl(String key) throws Exception {
        return number(Command.PTTL, key);
    }

    private long number(Command command, String key) throws Exception {
        return service.redis(link -> link.send(Request.cmd(command).arg(key))).toLong();
    }
}
