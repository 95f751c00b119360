package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessageRequest.CreateMessage;
import io.continuo.common.bus.MessageRequest.ScheduleMessage;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.TypingState;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that are to be sent later. */
class ScheduleIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private Service service;
    private String conversation;

    @BeforeEach
    void start() throws Exception {
        service = new Service(1);
        service.attach("omar");
        conversation = service.conversation("ines", "omar");
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
    }

    @Test
    void aMessageIsSentAtItsTimeAndNotBefore() throws Exception {
        long before = System.currentTimeMillis();
        Reply.MessageFound found = (Reply.MessageFound) service.ask(later("hi", 2, 0));
        assertThat(found.message().sentAt()).isBetween(before + 2_000, System.currentTimeMillis() + 2_000);
        assertThat(said()).isEmpty();
        await().atMost(LIMIT).until(() -> said().equals(List.of("hi")));
        assertThat(System.currentTimeMillis())
                .isGreaterThanOrEqualTo(found.message().sentAt());
    }

    @Test
    void aSoonerMessageOvertakesALaterOne() throws Exception {
        service.ask(later("later", 3, 0));
        service.ask(later("sooner", 1, 0));
        await().atMost(LIMIT).until(() -> said().equals(List.of("sooner", "later")));
    }

    @Test
    void theSenderIsSeenTypingBefore() throws Exception {
        List<TypingState> typed = Collections.synchronizedList(new ArrayList<>());
        service.vertx.eventBus().<PresenceRequest.Type>consumer(Addresses.PRESENCE, type -> {
            assertThat(type.body().user()).isEqualTo("ines");
            assertThat(said()).isEmpty();
            typed.add(type.body().state());
            type.reply(Reply.Done.INSTANCE);
        });
        service.ask(later("hi", 4, 3));
        await().atMost(LIMIT).until(() -> said().equals(List.of("hi")));
        assertThat(typed).containsExactly(TypingState.STARTED, TypingState.STARTED, TypingState.FINISHED);
    }

    @Test
    void aMessageSurvivesTheServiceAndIsSentOnceByWhoComesNext() throws Exception {
        String first = service.vertx.deploymentIDs().iterator().next();
        service.ask(later("hi", 2, 1));
        Service.await(service.vertx.undeploy(first));
        Service.await(service.vertx.deployVerticle(service.instance("next")));
        Service.await(service.vertx.deployVerticle(service.instance("another")));
        await().atMost(LIMIT).until(() -> said().equals(List.of("hi")));
        service.say("ines", conversation, "and now");
        await().atMost(LIMIT).until(() -> said().equals(List.of("hi", "and now")));
    }

    @Test
    void anIdIsTakenOnceOnly() throws Exception {
        ScheduleMessage request = later("hi", 1, 0);
        service.ask(request);
        assertThat(((Reply.Failure) service.ask(request)).code()).isEqualTo(ErrorCode.ID_IN_USE);
        await().atMost(LIMIT).until(() -> said().equals(List.of("hi")));
        assertThat(((Reply.Failure) service.ask(request)).code()).isEqualTo(ErrorCode.ID_IN_USE);
    }

    @Test
    void whatCannotBeSentHoldsUpNothing() throws Exception {
        String without = service.conversation("ines", "omar", "zoe");
        service.ask(new ScheduleMessage("zoe", Service.message("zoe", without, "no"), 1, 0));
        service.ask(later("hi", 2, 0));
        service.ask(new ConversationRequest.LeaveConversation("zoe", without));
        await().atMost(LIMIT).until(() -> said().equals(List.of("hi")));
    }

    @Test
    void aBackendLetsSomebodySpeakWhoDoesNotTakePart() throws Exception {
        String backend = UserId.backend("");
        service.ask(new ScheduleMessage(backend, message("robot", "beep"), 1, 0));
        await().atMost(LIMIT).until(() -> said().equals(List.of("beep")));
    }

    @Test
    void wrongRequestsAreRefused() throws Exception {
        for (int[] wrong : new int[][] {{0, 0}, {301, 0}, {5, 6}, {5, -1}}) {
            Reply reply = service.ask(later("hi", wrong[0], wrong[1]));
            assertThat(((Reply.Failure) reply).code()).isEqualTo(ErrorCode.INVALID_PROPERTY);
        }
        CreateMessage nowhere = Service.message("ines", LayerId.newUuid(), "hi");
        assertThat(((Reply.Failure) service.ask(new ScheduleMessage("ines", nowhere, 1, 0))).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        ScheduleMessage strangers = new ScheduleMessage("zoe", message("zoe", "hi"), 1, 0);
        assertThat(((Reply.Failure) service.ask(strangers)).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    private List<String> said() {
        return Service.texts(service.delivered("omar"));
    }

    private ScheduleMessage later(String text, int delay, int typing) {
        return new ScheduleMessage("ines", message("ines", text), delay, typing);
    }

    private CreateMessage message(String user, String text) {
        return Service.message(user, conversation, text);
    }
}
