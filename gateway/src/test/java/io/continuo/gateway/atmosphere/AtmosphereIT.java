package io.continuo.gateway.atmosphere;

import static io.continuo.gateway.atmosphere.Doors.query;
import static io.continuo.gateway.testing.Awaiting.get;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.gateway.atmosphere.Doors.Client;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AtmosphereIT {
    private static final String SUBSCRIBE = "{\"subscribe\":true}";
    private static final String SUBSCRIBED = "{\"subscribed\":true}";
    private final Doors doors = new Doors(Map.of("CONTINUO_ATMOSPHERE_HEARTBEAT_SECONDS", "1"));

    @AfterEach
    void close() {
        doors.close();
    }

    @Test
    void theHelloComesFirstAndAloneAndThenTexts() {
        Client client = doors.socket(0, query("websocket", "0", 2));
        assertThat(client.trackingId()).hasSize(45);
        assertThat(client.texts.getFirst()).isEqualTo(client.trackingId() + "|1000|X|");
        client.say("{\"say\":\"a|b\"}");
        await().until(() -> client.texts.contains("[\"a\\u007cb\"]"));
    }

    @Test
    void lengthsAreWrittenForWhoWantsThem() {
        Client client = doors.socket(0, query("websocket", "0", 2) + "&X-Atmosphere-TrackMessageSize=true");
        assertThat(client.trackingId()).hasSize(45);
        assertThat(client.texts.getFirst()).isEqualTo("53|" + client.trackingId() + "|1000|X|");
        client.say("{\"say\":\"é😀\"}");
        await().until(() -> client.texts.contains("7|[\"é😀\"]"));
        await().until(() -> client.texts.contains("1|X"));
    }

    @Test
    void aBareSocketWithoutAQueryGetsMessagesOnly() {
        Client client = doors.socket(0, "/v2/event/subscription/");
        client.say("{\"say\":1}");
        await().until(() -> !client.texts.isEmpty());
        assertThat(client.texts.getFirst()).isEqualTo("[1]");
    }

    @Test
    void parametersAreFoundInAnyCase() {
        Client client = doors.socket(0, "/event/subscription?x-atmosphere-TRACKING-id=0&X-ATMO-PROTOCOL=true");
        assertThat(client.trackingId()).hasSize(45);
    }

    @Test
    void paddingAndOtherNoiseIsSwallowed() {
        Client client = doors.socket(0, query("websocket", "0", 2));
        for (String noise : List.of("X", "...ACK...", "", " \n ")) {
            client.say(noise);
        }
        client.say("@@/a/path@@{\"say\":2}");
        await().until(() -> client.texts.contains("[2]"));
        assertThat(client.texts.stream().filter(text -> text.startsWith("["))).containsExactly("[2]");
    }

    @Test
    void whoWasCutGetsOnAnotherNodeWhatItMissed() {
        Client first = doors.socket(0, query("websocket", "0", 2));
        first.say(SUBSCRIBE);
        doors.room.publish("one");
        await().until(() -> first.texts.contains(news(0, "one")));
        String id = first.trackingId();
        // Only what a pong has proven counts as received.
        await().until(() -> kept(id).equals("1"));
        first.cut();
        await().until(() -> doors.room.readers() == 0);
        doors.room.publish("two");
        Client second = doors.socket(1, query("websocket", id, 2));
        await().until(() -> second.texts.contains(news(1, "two")));
        assertThat(second.texts).containsExactly("X", news(1, "two"));
        doors.room.publish("three");
        await().until(() -> second.texts.contains(news(2, "three")));
    }

    @Test
    void whatNoPongHasProvenIsSentAgain() {
        Client first = doors.socket(0, query("websocket", "0", 2));
        first.say(SUBSCRIBE);
        await().until(() -> first.texts.contains(SUBSCRIBED));
        String id = first.trackingId();
        await().until(() -> kept(id).equals("0"));
        Objects.requireNonNull(first.socket).pause();
        doors.room.publish("one");
        await().until(() -> doors.visits.kept.get(id) != null);
        first.cut();
        await().until(() -> doors.room.readers() == 0);
        Client second = doors.socket(0, query("websocket", id, 5));
        await().until(() -> second.texts.contains(news(0, "one")));
        assertThat(second.trackingId()).isEqualTo(id);
    }

    @Test
    void theNewerOfTwoConnectionsWins() {
        Client first = doors.socket(0, query("websocket", "0", 2));
        first.say(SUBSCRIBE);
        doors.room.publish("one");
        await().until(() -> first.texts.contains(news(0, "one")));
        Client second = doors.socket(1, query("websocket", first.trackingId(), 2));
        await().until(() -> first.closed);
        assertThat(first.closeCode()).isEqualTo((short) 4409);
        doors.room.publish("two");
        await().until(() -> second.texts.contains(news(1, "two")));
        assertThat(doors.room.readers()).isEqualTo(1);
    }

    @Test
    void aNodeThatWasKilledIsNotWaitedFor() {
        Client first = doors.socket(0, query("websocket", "0", 2));
        first.say(SUBSCRIBE);
        await().until(() -> first.texts.contains(SUBSCRIBED));
        String id = first.trackingId();
        await().until(() -> state(id).equals("subscribed"));
        doors.kill(0);
        doors.room.publish("one");
        Client second = doors.socket(1, query("websocket", id, 2));
        await().until(() -> second.texts.contains(news(0, "one")));
    }

    @Test
    void anIdThatIsForgottenGoesOnEmptyAndOneThatIsNotOursIsNeverResumed() {
        Client first = doors.socket(0, query("websocket", "0", 2));
        String id = first.trackingId();
        first.cut();
        await().until(() -> doors.room.readers() == 0);
        doors.visits.kept.clear();
        Client again = doors.socket(1, query("websocket", id, 2));
        await().until(() -> again.texts.contains("X"));
        again.say(SUBSCRIBE);
        await().until(() -> again.texts.contains(SUBSCRIBED));

        Client own = doors.socket(0, query("websocket", "my-own-id", 2));
        own.say(SUBSCRIBE);
        await().until(() -> own.texts.contains(SUBSCRIBED));
        assertThat(own.texts.getFirst()).isEqualTo("X");
        Client thief = doors.socket(0, query("websocket", "my-own-id", 2));
        await().until(() -> thief.texts.contains("X"));
        doors.room.publish("secret");
        await().until(() -> own.texts.contains(news(0, "secret")));
        assertThat(thief.texts).containsOnly("X");
        assertThat(doors.socket(0, query("websocket", "my-own-id", 5)).trackingId())
                .hasSize(45);
    }

    @Test
    void aStreamIsServedByPushesThatComeToAnotherLoop() {
        Client stream = doors.held(0, query("streaming", "0", 2));
        String id = stream.trackingId();
        assertThat(doors.push(1, id, SUBSCRIBE)).isEqualTo(200);
        await().until(() -> stream.texts.contains(SUBSCRIBED));
        doors.room.publish("one");
        doors.room.publish("two");
        await().until(() -> stream.texts.containsAll(List.of(news(0, "one"), news(1, "two"))));
        assertThat(doors.push(0, id, "{\"say\":3}")).isEqualTo(200);
        await().until(() -> stream.texts.contains("[3]"));
        await().until(() -> stream.texts.contains("X"));
    }

    @Test
    void eventsOfAStreamAreWrittenAsServerSentEvents() {
        Client stream = doors.held(0, query("sse", "0", 5));
        await().until(() -> !stream.texts.isEmpty());
        String id = stream.texts.getFirst().substring(3, 48);
        assertThat(stream.texts.getFirst()).isEqualTo("id:" + id + "\r\ndata:" + id + "|1000|X|\r\n\r\n");
        doors.push(0, id, "{\"say\":3}");
        await().until(() -> stream.texts.contains("data:[3]\r\n\r\n"));
    }

    @Test
    void aBrowserThatConnectsAgainByItselfIsKnownByTheLastEvent() {
        Client stream = doors.held(0, query("sse", "0", 5));
        await().until(() -> !stream.texts.isEmpty());
        String id = stream.texts.getFirst().substring(3, 48);
        assertThat(doors.push(0, id, SUBSCRIBE)).isEqualTo(200);
        await().until(() -> stream.texts.contains("data:" + SUBSCRIBED + "\r\n\r\n"));
        stream.cut();
        doors.room.publish("one");
        Client again = doors.held(1, query("sse", "0", 5), Map.of("Last-Event-ID", id));
        await().until(() -> again.texts.contains("data:" + news(0, "one") + "\r\n\r\n"));
        assertThat(again.texts.getFirst()).startsWith("id:" + id);
    }

    @Test
    void pollsBringOneTextEachWhereverTheyAreAsked() {
        String id = Objects.requireNonNull(doors.ask(0, HttpMethod.GET, query("long-polling", "0", 2), "", Map.of())
                .body()
                .split("\\|")[0]);
        Client poll = doors.held(0, query("long-polling", id, 2));
        assertThat(doors.push(1, id, SUBSCRIBE)).isEqualTo(200);
        await().until(() -> poll.closed);
        assertThat(poll.texts).containsExactly(SUBSCRIBED);
        doors.room.publish("one");
        doors.room.publish("two");
        assertThat(poll(1, id)).isEqualTo(news(0, "one"));
        assertThat(poll(1, id)).isEqualTo(news(1, "two"));
        Client last = doors.held(0, query("long-polling", id, 2));
        doors.room.publish("three");
        await().until(() -> last.closed);
        assertThat(last.texts).containsExactly(news(2, "three"));
        assertThat(poll(0, id)).isEqualTo("X");
        assertThat(doors.room.readers()).isEqualTo(1);
    }

    @Test
    void pollsOfWhoWantsLengthsBringAllThereIs() {
        String tracked = "&X-Atmosphere-TrackMessageSize=true";
        String id = doors.ask(0, HttpMethod.GET, query("long-polling", "0", 2) + tracked, "", Map.of())
                .body()
                .split("\\|")[1];
        doors.room.publish("one");
        doors.room.publish("two");
        doors.push(0, id, SUBSCRIBE);
        String body = doors.ask(0, HttpMethod.GET, query("long-polling", id, 2) + tracked, "", Map.of())
                .body();
        assertThat(body).isEqualTo("19|" + SUBSCRIBED + "23|" + news(0, "one") + "23|" + news(1, "two"));
    }

    @Test
    void noAnswerOfAPollOfVersionFiveHasTwoBars() {
        String tracked = "&X-Atmosphere-TrackMessageSize=true";
        String id = doors.ask(0, HttpMethod.GET, query("long-polling", "0", 5) + tracked, "", Map.of())
                .body()
                .split("\\|")[1];
        doors.room.publish("one");
        doors.push(0, id, SUBSCRIBE);
        String uri = query("long-polling", id, 5) + tracked;
        assertThat(doors.ask(0, HttpMethod.GET, uri, "", Map.of()).body()).isEqualTo("19|" + SUBSCRIBED);
        assertThat(doors.ask(0, HttpMethod.GET, uri, "", Map.of()).body()).isEqualTo("23|" + news(0, "one"));
    }

    /** Nobody sends a client's polls to one and the same node, and a poll may bring but one of several texts. */
    @Test
    void pollsThatTakeTurnsBetweenNodesBringEverythingOnceAndInOrder() {
        String id = doors.ask(0, HttpMethod.GET, query("long-polling", "0", 2), "", Map.of())
                .body()
                .split("\\|")[0];
        List<String> all = List.of("one", "two", "three");
        all.forEach(doors.room::publish);
        assertThat(doors.push(0, id, "{\"all\":true}")).isEqualTo(200);
        doors.room.publish("four");
        List<String> texts = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            texts.add(doors.ask(i % 2, HttpMethod.GET, query("long-polling", id, 2), "", Map.of())
                    .body());
        }
        assertThat(texts)
                .containsExactly(SUBSCRIBED, news(0, "one"), news(1, "two"), news(2, "three"), news(3, "four"));
    }

    @Test
    void whoGoesWhileItIsBeingRememberedIsRemembered() {
        doors.visits.keepMs = 300;
        Client first = doors.socket(0, query("websocket", "0", 2));
        first.say(SUBSCRIBE);
        await().until(() -> first.texts.contains(SUBSCRIBED));
        String id = first.trackingId();
        first.cut();
        await().until(() -> doors.room.readers() == 0);
        doors.room.publish("one");
        Client second = doors.socket(1, query("websocket", id, 2));
        await().until(() -> second.texts.contains(news(0, "one")));
        second.cut();
        await().until(() -> doors.room.readers() == 0);
        await().pollDelay(java.time.Duration.ofMillis(700))
                .until(() -> state(id).equals("subscribed"));
    }

    @Test
    void jsonpPollsCallTheirFunction() {
        String uri = query("jsonp", "0", 2) + "&jsonpTransport=atmosphere1";
        String body = doors.ask(0, HttpMethod.GET, uri, "", Map.of()).body();
        assertThat(body).startsWith("/**/atmosphere1({\"message\":\"").endsWith("|1000|X|\"});");
        assertThat(doors.ask(0, HttpMethod.GET, query("jsonp", "0", 2) + "&jsonpTransport=a(b", "", Map.of())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void goodbyesAreAlwaysAnsweredAndNothingIsKept() {
        Client client = doors.socket(0, query("websocket", "0", 2));
        client.say(SUBSCRIBE);
        await().until(() -> client.texts.contains(SUBSCRIBED));
        String id = client.trackingId();
        await().until(() -> state(id).equals("subscribed"));
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.GET)) {
            Doors.Answer answer = doors.ask(1, method, query("close", id, 2), "", Map.of());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
        }
        await().until(() -> client.closed && doors.room.readers() == 0);
        await().until(() -> !doors.visits.kept.containsKey(id));
        assertThat(doors.ask(0, HttpMethod.GET, query("close", "unknown", 2), "", Map.of())
                        .status())
                .isEqualTo(200);
        assertThat(doors.push(1, id, SUBSCRIBE)).isEqualTo(404);
    }

    @Test
    void whoIsRefusedGetsNoBody() {
        assertThat(doors.push(0, "0", SUBSCRIBE)).isEqualTo(400);
        assertThat(doors.push(0, "unknown", SUBSCRIBE)).isEqualTo(404);
        for (String transport : List.of("none", "webtransport", "websocket", "")) {
            Doors.Answer answer = doors.ask(0, HttpMethod.GET, query(transport, "0", 2), "", Map.of());
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).isEmpty();
        }
        Client stream = doors.held(0, query("streaming", "0", 2));
        assertThat(doors.push(0, stream.trackingId(), "x".repeat(70_000))).isEqualTo(413);
        assertThat(doors.ask(0, HttpMethod.PUT, query("streaming", "0", 2), "", Map.of())
                        .status())
                .isEqualTo(405);
    }

    @Test
    void whileTheServiceIsAwayClientsStayAndThenGoOn() {
        doors.visits.failing.set(3);
        Client client = doors.socket(0, query("websocket", "0", 2));
        assertThat(client.trackingId()).hasSize(45);
        client.say(SUBSCRIBE);
        doors.room.publish("one");
        await().until(() -> client.texts.contains(news(0, "one")));
    }

    @Test
    void brokenTextAndWhatIsTooLongIsRefusedAsOnOtherSockets() {
        Client longer = doors.socket(0, query("websocket", "0", 2));
        get(Objects.requireNonNull(longer.socket)
                .writeFrame(io.vertx.core.http.WebSocketFrame.textFrame("x".repeat(60_000), false)));
        get(Objects.requireNonNull(longer.socket)
                .writeFrame(io.vertx.core.http.WebSocketFrame.continuationFrame(
                        io.vertx.core.buffer.Buffer.buffer("x".repeat(60_000)), true)));
        await().until(() -> longer.closed);
        assertThat(longer.closeCode()).isEqualTo((short) 1009);
    }

    @Test
    void whoDoesNotReadIsClosedAndHasEverythingWhenItComesBack() throws Exception {
        List<Sleeper> sleepers = new ArrayList<>();
        for (String transport : List.of("websocket", "streaming", "sse")) {
            sleepers.add(doors.sleeper(0, query(transport, "0", 2)));
        }
        for (Sleeper sleeper : sleepers) {
            assertThat(doors.push(0, sleeper.trackingId(), SUBSCRIBE)).isEqualTo(200);
        }
        Client other = doors.socket(0, query("websocket", "0", 2));
        other.say(SUBSCRIBE);
        String text = "x".repeat(50_000);
        int all = 200;
        for (int i = 0; i < all; i++) {
            doors.room.publish(text);
        }
        String last = news(all - 1, text);
        await().until(() -> other.texts.contains(last));
        assertThat(doors.room.least()).isLessThan(all);
        await().atMost(20, SECONDS).until(() -> doors.room.readers() == 1);
        for (Sleeper sleeper : sleepers) {
            sleeper.readToTheEnd();
            Client back = doors.socket(1, query("websocket", sleeper.trackingId(), 2));
            await().until(() -> back.texts.contains(last));
            assertThat(back.texts.getFirst()).isEqualTo("X");
            back.cut();
        }
        assertThat(doors.meters.counter("continuo.visits.ended", "why", "slow").count())
                .isEqualTo(3);
    }

    @Test
    void aGatewayThatGoesAwaySendsEverybodyToAnotherOneWithAllThereIs() {
        Client socket = doors.socket(0, query("websocket", "0", 2));
        Client stream = doors.held(0, query("streaming", "0", 2));
        Client events = doors.held(0, query("sse", "0", 5));
        await().until(() -> !events.texts.isEmpty());
        String eventsId = events.texts.getFirst().substring(3, 48);
        String pollId = doors.ask(0, HttpMethod.GET, query("long-polling", "0", 2), "", Map.of())
                .body()
                .split("\\|")[0];
        String gapId = doors.ask(0, HttpMethod.GET, query("long-polling", "0", 2), "", Map.of())
                .body()
                .split("\\|")[0];
        String socketId = socket.trackingId();
        String streamId = stream.trackingId();
        List<String> ids = List.of(socketId, streamId, eventsId, pollId, gapId);
        ids.forEach(id -> assertThat(doors.push(0, id, SUBSCRIBE)).isEqualTo(200));
        assertThat(poll(0, pollId)).isEqualTo(SUBSCRIBED);
        await().until(() -> doors.room.readers() == 5);
        Client poll = doors.held(0, query("long-polling", pollId, 2));
        doors.doors.getFirst().drain();
        await().until(() -> socket.closed && stream.closed && events.closed && poll.closed);
        assertThat(socket.closeCode()).isEqualTo((short) 1012);
        assertThat(poll.texts).containsExactly("X");
        await().until(poll::isCutOff);
        await().until(stream::isCutOff);
        // What waits for a poll is still told here.
        assertThat(doors.doors.getFirst().clients()).isEqualTo(1);
        assertThat(poll(0, gapId)).isEqualTo(SUBSCRIBED);
        await().until(() -> doors.doors.getFirst().clients() == 0);
        assertThat(poll(0, gapId)).isEqualTo("X");
        assertThat(doors.ask(0, HttpMethod.GET, query("streaming", streamId, 2), "", Map.of())
                        .body())
                .isEqualTo("X");
        assertThat(doors.ask(0, HttpMethod.GET, query("long-polling", "0", 2), "", Map.of())
                        .status())
                .isEqualTo(503);
        doors.room.publish("while it is away");
        for (String id : ids) {
            Client back = doors.socket(1, query("websocket", id, 2));
            await().until(() -> back.texts.contains(news(0, "while it is away")));
        }
    }

    @Test
    void pushesAreRefusedWhileTooManyWait() {
        String id = doors.ask(0, HttpMethod.GET, query("long-polling", "0", 2), "", Map.of())
                .body()
                .split("\\|")[0];
        // So many answers wait for polls, and then so many messages for room.
        for (int i = 0; i < 500 + 256; i++) {
            assertThat(doors.push(i % 2, id, "{\"say\":" + i + "}")).isEqualTo(200);
        }
        assertThat(doors.push(0, id, SUBSCRIBE)).isEqualTo(429);
        assertThat(poll(0, id)).isEqualTo("[0]");
    }

    private String state(String id) {
        FakeVisits.Kept kept = doors.visits.kept.get(id);
        return kept == null ? "" : kept.state();
    }

    private String poll(int door, String id) {
        return doors.ask(door, HttpMethod.GET, query("long-polling", id, 2), "", Map.of())
                .body();
    }

    private String kept(String id) {
        FakeVisits.Kept kept = doors.visits.kept.get(id);
        return kept == null ? "" : kept.cursor();
    }

    private static String news(int number, String text) {
        return "{\"news\":" + number + ",\"text\":\"" + text + "\"}";
    }
}
