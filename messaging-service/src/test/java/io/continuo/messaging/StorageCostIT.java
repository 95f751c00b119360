package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Position;
import io.continuo.common.redis.RedisLink;
import io.continuo.farm.Topology;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What it costs in Redis, configured as we ship it, that a message is in everybody's history. */
class StorageCostIT {
    private static final int MEMBERS = 100;
    private static final int MESSAGES = 1_000;
    private static final int BYTES = 200;

    @Test
    void aMessageToManyCostsFarLessThanACopyForEach() throws Exception {
        assumeThat(Topology.isChosen())
                .as("another Redis is set up in another way")
                .isFalse();
        Service service = new Service(1);
        try {
            RedisLink redis = Service.await(RedisLink.open(service.vertx, service.settings.redis()));
            String[] users = new String[MEMBERS];
            for (int i = 0; i < MEMBERS; i++) {
                users[i] = "member" + i;
            }
            String conversation = service.conversation(users);
            say(service, users, conversation, 100);
            long before = dataset(redis);
            say(service, users, conversation, MESSAGES);
            double perMember = (dataset(redis) - before) / (double) (MESSAGES * MEMBERS);
            System.out.printf(
                    "Redis memory per message of %d bytes and member: %.1f bytes, %.1f%% of a copy%n",
                    BYTES, perMember, 100 * perMember / BYTES);
            assertThat(perMember).isLessThan(0.15 * BYTES);
        } finally {
            service.close();
        }
    }

    private static void say(Service service, String[] users, String conversation, int count) throws Exception {
        long target = tail(service, users[MEMBERS - 1]) + 2L * count;
        List<Future<Reply>> sending = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sending.add(service.asking(Service.message(users[i % MEMBERS], conversation, "x".repeat(BYTES))));
        }
        Service.await(Future.all(sending));
        await().until(() -> tail(service, users[MEMBERS - 1]) >= target);
        await().until(() -> tail(service, users[0]) >= target);
    }

    private static long tail(Service service, String user) throws Exception {
        Reply.Tails tails = (Reply.Tails) service.ask(new HistoryRequest.GetTails(List.of(user)));
        return tails.tails().stream().mapToLong(Position::seq).findFirst().orElse(0);
    }

    private static long dataset(RedisLink redis) throws Exception {
        String info = Service.await(redis.send(Request.cmd(Command.INFO).arg("memory")))
                .toString();
        return info.lines()
                .filter(line -> line.startsWith("used_memory_dataset:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }
}
