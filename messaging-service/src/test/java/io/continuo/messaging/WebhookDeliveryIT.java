package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.model.Webhook;
import io.continuo.common.model.WebhookStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That webhooks are told everything, once and in order, and harm nobody. */
class WebhookDeliveryIT extends WebhookScene {
    @Test
    void aDeliveryIsTriedAgainUntilItIsTakenUnderTheSameRequestIdAndBodyAndNothingOvertakesIt() throws Exception {
        active("1.0", List.of("message.sent"));
        int[] refusals = {2};
        receiver.answer(call -> refusals[0]-- > 0 ? 500 : 204);
        String conversation = service.conversation("ines", "omar");
        service.say("ines", conversation, "one");
        service.say("ines", conversation, "two");
        List<Receiver.Call> calls = awaitCalls(4);
        assertThat(receiver.said()).containsExactly("one", "one", "one", "two");
        assertThat(calls.subList(0, 3))
                .extracting(Receiver.Call::requestId)
                .containsOnly(calls.get(0).requestId());
        assertThat(calls.subList(0, 3))
                .extracting(Receiver.Call::text)
                .containsOnly(calls.get(0).text());
        assertThat(calls.get(3).requestId()).isNotEqualTo(calls.get(0).requestId());
    }

    @Test
    void nothingIsLostWhileTheReceiverIsAwayAndTheServiceStartsAnew() throws Exception {
        active("1.0", List.of("message.sent"));
        String conversation = service.conversation("ines", "omar");
        service.say("ines", conversation, "before");
        awaitCalls(1);
        receiver.close();
        List<String> said = new ArrayList<>(List.of("before"));
        for (int i = 0; i < 20; i++) {
            said.add("away " + i);
            service.say("ines", conversation, "away " + i);
        }
        Service.await(
                service.vertx.undeploy(service.vertx.deploymentIDs().iterator().next()));
        receiver.open();
        Service.await(service.vertx.deployVerticle(service.instance("another")));
        await().atMost(LIMIT).until(() -> receiver.said().equals(said));
        service.say("ines", conversation, "after");
        said.add("after");
        await().atMost(LIMIT).until(() -> receiver.said().equals(said));
    }

    /** What is under way when an owner goes may come twice, but then under the same id. */
    @Test
    void nothingIsLostNorDoubledWhilePartitionsChangeTheirOwner() throws Exception {
        active("1.0", List.of("message.sent"));
        receiver.delay(5);
        String first = service.vertx.deploymentIDs().iterator().next();
        List<String> conversations = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            conversations.add(service.conversation("ines", "omar" + i));
        }
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String text = (i % 6) + ":" + i;
            said.add(text);
            Service.await(service.insisting(Service.message("ines", conversations.get(i % 6), text)));
            if (i == 100) {
                Service.await(service.vertx.deployVerticle(service.instance("newcomer")));
            } else if (i == 200) {
                Service.await(service.vertx.undeploy(first));
            }
        }
        await().atMost(LIMIT).until(() -> Set.copyOf(receiver.said()).size() == 300);
        Map<String, String> byId = new LinkedHashMap<>();
        receiver.calls().forEach(call -> byId.putIfAbsent(call.requestId(), call.said()));
        assertThat(byId.values()).containsExactlyInAnyOrderElementsOf(said);
        for (int c = 0; c < 6; c++) {
            String prefix = c + ":";
            assertThat(byId.values().stream().filter(text -> text.startsWith(prefix)))
                    .isEqualTo(said.stream()
                            .filter(text -> text.startsWith(prefix))
                            .toList());
        }
    }

    @Test
    void aReceiverThatStaysAwayIsSwitchedOffAndLosesWhatWasPending() throws Exception {
        service.close();
        start(3);
        Webhook webhook = active("1.0", List.of("message.sent"));
        String conversation = service.conversation("ines", "omar");
        receiver.answer(call -> 503);
        service.say("ines", conversation, "lost");
        assertThat(awaitStatus(webhook, WebhookStatus.INACTIVE).statusReason()).contains("503");
        assertThat(receiver.calls().size()).isBetween(2, 8);
        await().atMost(LIMIT)
                .until(() -> service.meters.counter("continuo.webhook.dropped").count() == 1);
        int calls = receiver.calls().size();
        service.say("ines", conversation, "not told");
        receiver.answer(call -> 200);
        switchTo(webhook, true);
        awaitStatus(webhook, WebhookStatus.ACTIVE);
        service.say("ines", conversation, "told");
        await().atMost(LIMIT).until(() -> receiver.calls().size() > calls);
        assertThat(receiver.said().subList(calls, receiver.said().size())).containsExactly("told");
    }

    @Test
    void oneReceiversTroubleIsNotTheOthersNorTheClients() throws Exception {
        Receiver dead = new Receiver(service.vertx);
        Webhook toTheDead = register(dead.url(), "1.0", List.of("message.sent"), "");
        awaitStatus(toTheDead, WebhookStatus.ACTIVE);
        active("1.0", List.of("message.sent"));
        dead.delay(600_000);
        service.attach("omar");
        String conversation = service.conversation("ines", "omar");
        for (int i = 0; i < 50; i++) {
            service.say("ines", conversation, "text " + i);
        }
        await().atMost(LIMIT)
                .until(() -> Service.texts(service.delivered("omar")).size() == 50);
        await().atMost(LIMIT).until(() -> receiver.calls().size() == 50);
        assertThat(receiver.said())
                .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "text " + i).toList());
        assertThat(new HashSet<>(dead.said())).containsExactly("text 0");
    }

    @Test
    void conversationsGoSideBySideButNotTooManyAtOnceAndEachInOrder() throws Exception {
        active("1.0", List.of("message.sent"));
        receiver.delay(30);
        List<String> conversations = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            conversations.add(service.conversation("ines", "omar" + i));
        }
        for (int i = 0; i < 120; i++) {
            service.say("ines", conversations.get(i % 12), (i % 12) + ":" + i);
        }
        awaitCalls(120);
        assertThat(receiver.highest()).isBetween(2, 4);
        for (int c = 0; c < 12; c++) {
            String prefix = c + ":";
            int conversation = c;
            assertThat(receiver.said().stream().filter(text -> text.startsWith(prefix)))
                    .isEqualTo(IntStream.range(0, 120)
                            .filter(i -> i % 12 == conversation)
                            .mapToObj(i -> prefix + i)
                            .toList());
        }
    }

    @Test
    void whatIsTooMuchGoesAndIsCounted() throws Exception {
        active("1.0", List.of("message.sent"));
        String conversation = service.conversation("ines", "omar");
        receiver.answer(call -> 503);
        for (int i = 0; i < 130; i++) {
            service.say("ines", conversation, "text " + i);
        }
        await().atMost(LIMIT)
                .until(() -> service.meters.counter("continuo.webhook.dropped").count() >= 30);
    }
}
