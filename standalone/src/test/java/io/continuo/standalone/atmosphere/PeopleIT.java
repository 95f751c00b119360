package io.continuo.standalone.atmosphere;

import static io.continuo.standalone.atmosphere.Visitor.messages;
import static io.continuo.standalone.atmosphere.Visitor.presence;
import static io.continuo.standalone.atmosphere.Visitor.subscribe;
import static io.continuo.standalone.atmosphere.Visitor.unsubscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.standalone.client.Rest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of Atmosphere hear and see what clients of Layer do, as users of theirs. */
class PeopleIT {
    private static Town town;
    private static int stages;

    private final String ines = "ines" + stages++;
    private final String omar = "omar" + stages;
    private final Town.Person inesHere = person(ines);
    private final Town.Person omarHere = person(omar);
    private final String garden = inesHere.converse(omar);

    PeopleIT() throws Exception {}

    private static Town.Person person(String user) throws Exception {
        return town.new Person(user);
    }

    @BeforeAll
    static void start() {
        town = new Town();
    }

    @AfterAll
    static void stop() {
        town.close();
    }

    @Test
    void whatASocketOfLayerSaysIsHeardByWebSocketAndByPolls() throws Exception {
        try (Visitor socket = omarHere.visitor().connect(town.here());
                Visitor poll = omarHere.visitor().poll(town.there())) {
            JsonObject answer = socket.ask(subscribe(messages()));
            assertThat(answer.getString("action")).isEqualTo("subscription/subscribe");
            assertThat(answer.getJsonArray("events")).isEqualTo(new JsonArray().add("messages"));
            assertThat(answer.getJsonObject("data").getJsonObject("messages").getBoolean("success"))
                    .isTrue();
            poll.push(town.here(), subscribe(messages()));
            poll.answer(0);
            inesHere.say(garden, "pears are ripe");
            for (Visitor visitor : List.of(socket, poll)) {
                visitor.until(each -> each.changes().size() == 2);
                assertThat(visitor.texts()).containsExactly("pears are ripe");
                JsonObject last = visitor.changes().getLast().getJsonObject("body");
                assertThat(last.getJsonObject("object").getString("id")).isEqualTo(garden);
            }
            assertThat(socket.changes()).isEqualTo(poll.changes());
        }
    }

    @Test
    void theEventsAreWhatASocketOfLayerGets() throws Exception {
        List<JsonObject> packets = java.util.Collections.synchronizedList(new ArrayList<>());
        io.continuo.standalone.client.Socket.open(town.here(), omarHere.rest.token(), "layer-3.0", "", packets::add);
        try (Visitor visitor = omarHere.visitor().connect(town.here())) {
            visitor.ask(subscribe(messages()));
            inesHere.say(garden, "a|b \"\\ é 😀");
            inesHere.rest.patch(
                    garden.substring("layer://".length()),
                    new JsonObject()
                            .put("operation", "set")
                            .put("property", "metadata.title")
                            .put("value", "Garden"));
            visitor.until(each -> each.changes().size() == 3);
            await().until(() -> packets.size() == 3);
            packets.forEach(packet -> packet.remove("counter"));
            assertThat(visitor.packets()).isEqualTo(packets);
        }
    }

    @Test
    void aGapIsRecoveredByPositionOnAnyNode() throws Exception {
        String seen;
        try (Visitor visitor = omarHere.visitor().connect(town.here())) {
            visitor.ask(subscribe(messages()));
            inesHere.say(garden, "one");
            visitor.until(each -> each.changes().size() == 2);
            seen = visitor.changes().getLast().getString("position");
        }
        inesHere.say(garden, "two");
        inesHere.say(garden, "three");
        // A page that was loaded anew: another tracking id.
        try (Visitor visitor = omarHere.visitor().connect(town.there())) {
            visitor.ask(subscribe(messages(seen)));
            visitor.until(each -> each.changes().size() == 4);
            inesHere.say(garden, "four");
            visitor.until(each -> each.changes().size() == 6);
            assertThat(visitor.texts()).containsExactly("two", "three", "four");
            assertThat(visitor.verdicts()).singleElement().satisfies(verdict -> {
                assertThat(verdict.getString("verdict")).isEqualTo("complete");
                assertThat(verdict.getString("from")).isEqualTo(seen);
                assertThat(verdict.getString("to"))
                        .isEqualTo(visitor.changes().get(3).getString("position"));
            });
            assertThat(visitor.packets().getFirst().getString("type"))
                    .as("the verdict comes first")
                    .isEqualTo("operation");
            // Once more from there: that is what was asked for.
            visitor.ask(subscribe(messages(seen)));
            visitor.until(each -> each.texts().size() == 6);
            assertThat(visitor.texts()).containsExactly("two", "three", "four", "two", "three", "four");
            // To subscribe anew, as clients do that think they were away, changes nothing.
            visitor.ask(subscribe(messages()));
            inesHere.say(garden, "five");
            visitor.until(each -> each.texts().size() == 7);
            assertThat(visitor.texts().getLast()).isEqualTo("five");
        }
    }

    @Test
    void whoComesBackElsewhereGoesOnWithoutAsking() throws Exception {
        try (Visitor visitor = omarHere.visitor().connect(town.here())) {
            visitor.ask(subscribe(messages(), presence()));
            inesHere.say(garden, "one");
            visitor.until(each -> each.changes().size() == 2);
            visitor.cut();
            inesHere.say(garden, "two");
            visitor.connect(town.there());
            visitor.until(each -> each.texts().contains("two"));
            inesHere.say(garden, "three");
            visitor.until(each -> each.texts().contains("three"));
            assertOnceByPosition(visitor, List.of("one", "two", "three"));
            inesHere.appear("busy");
            visitor.untilStatusOf(ines, "busy");
            assertThat(visitor.heard.stream().filter(each -> "response".equals(each.getString("type"))))
                    .hasSize(1);
        }
    }

    @Test
    void whatTheHistoryDoesNotHoldIsSaid() throws Exception {
        for (int i = 0; i < 4; i++) {
            inesHere.say(garden, "number " + i);
        }
        String first;
        try (Visitor visitor = omarHere.visitor().connect(town.here())) {
            visitor.ask(subscribe(messages("0-0")));
            visitor.until(each -> each.texts().size() == 4);
            first = visitor.changes().getFirst().getString("position");
        }
        town.trim(omar, 2);
        try (Visitor visitor = omarHere.visitor().connect(town.there())) {
            visitor.ask(subscribe(messages(first)));
            visitor.until(each -> each.texts().size() == 2);
            assertThat(visitor.texts()).containsExactly("number 2", "number 3");
            assertThat(visitor.verdicts().getFirst().getString("verdict")).isEqualTo("partial");
            assertThat(visitor.verdicts().getFirst().getString("from")).isEqualTo(first);
            visitor.ask(subscribe(messages("99999999999999-7")));
            visitor.until(each -> each.verdicts().size() == 2);
            assertThat(visitor.verdicts().getLast().getString("verdict")).isEqualTo("lost");
            inesHere.say(garden, "number 4");
            visitor.until(each -> each.texts().size() == 3);
            assertThat(visitor.texts().getLast()).isEqualTo("number 4");
        }
    }

    @Test
    void whatTheStoreLosesIsSaidUnaskedAndTheRestGoesOn() throws Exception {
        try (Visitor visitor = omarHere.visitor().connect(town.there())) {
            visitor.ask(subscribe(messages(), presence()));
            inesHere.say(garden, "one");
            visitor.until(each -> each.changes().size() == 2);
            String last = visitor.changes().getLast().getString("position");
            town.lose(omar);
            visitor.until(each -> each.verdicts().size() == 1);
            assertThat(visitor.verdicts().getFirst().getString("verdict")).isEqualTo("lost");
            assertThat(visitor.verdicts().getFirst().getString("from")).isEqualTo(last);
            inesHere.say(garden, "two");
            visitor.until(each -> each.texts().equals(List.of("one", "two")));
            inesHere.appear("busy");
            visitor.untilStatusOf(ines, "busy");
        }
    }

    /** More than would be kept for a client that takes nothing. */
    @Test
    void whoPollsSlowlyIsWaitedFor() throws Exception {
        List<String> said = IntStream.range(0, 550).mapToObj(i -> "word " + i).toList();
        for (String word : said) {
            inesHere.say(garden, word);
        }
        try (Visitor visitor = omarHere.visitor().poll(town.here())) {
            visitor.push(town.there(), subscribe(messages("0-0")));
            visitor.until(each -> each.texts().size() == said.size());
            inesHere.say(garden, "the end");
            visitor.until(each -> each.texts().getLast().equals("the end"));
            assertThat(visitor.texts()).startsWith(said.toArray(String[]::new)).hasSize(said.size() + 1);
            assertThat(visitor.changes().stream().map(change -> change.getString("position")))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void anApiKeySpeaksForItsUserAlsoWhenTheLoginsAreEnded() throws Exception {
        try (Visitor visitor = new Visitor(town.apiKey(omar)).connect(town.here())) {
            visitor.ask(subscribe(messages(), presence(ines)));
            inesHere.say(garden, "one");
            visitor.until(each -> each.texts().equals(List.of("one")));
            town.endSessions(omar);
            visitor.cut();
            visitor.connect(town.there());
            inesHere.say(garden, "two");
            visitor.until(each -> each.texts().contains("two"));
            assertOnceByPosition(visitor, List.of("one", "two"));
        }
    }

    @Test
    void presenceOfThoseWhomTheUserFollowsIsShown() throws Exception {
        inesHere.appear("available");
        await().until(() -> omarHere.rest.get("/following").body().contains(ines));
        try (Visitor all = omarHere.visitor().connect(town.here());
                Visitor one = omarHere.visitor().connect(town.there())) {
            JsonObject everybody = all.ask(subscribe(presence()));
            assertThat(value(everybody))
                    .isEqualTo(new JsonObject().put(ines, "normal").put(omar, "normal"));
            JsonObject chosen = one.ask(subscribe(presence(ines, "nobody")));
            assertThat(value(chosen))
                    .isEqualTo(new JsonObject().put(ines, "normal").put("nobody", "unknown"));
            for (Visitor visitor : List.of(all, one)) {
                visitor.untilStatusOf(ines, "available");
            }
            inesHere.appear("away");
            omarHere.appear("busy");
            for (Visitor visitor : List.of(all, one)) {
                visitor.untilStatusOf(ines, "away");
                // What was announced before may have been made known after the snapshot.
                assertThat(visitor.statuses(ines)).endsWith("available", "away").doesNotHaveDuplicates();
            }
            all.untilStatusOf(omar, "busy");
            assertThat(one.statuses(omar)).isEmpty();
            JsonObject ended = one.ask(unsubscribe(presence()));
            assertThat(ended.getString("action")).isEqualTo("subscription/unsubscribe");
            inesHere.appear("busy");
            all.untilStatusOf(ines, "busy");
            assertThat(one.statuses(ines)).doesNotContain("busy");
        }
    }

    @Test
    void whoUnsubscribesHearsNoMore() throws Exception {
        try (Visitor visitor = omarHere.visitor().connect(town.here());
                Visitor other = omarHere.visitor().connect(town.here())) {
            visitor.ask(subscribe(messages(), presence()));
            other.ask(subscribe(messages()));
            visitor.ask(unsubscribe(messages()));
            inesHere.say(garden, "who hears this?");
            other.until(each -> each.texts().size() == 1);
            assertThat(visitor.texts()).isEmpty();
            visitor.ask(subscribe(messages()));
            inesHere.say(garden, "and this?");
            visitor.until(each -> each.texts().equals(List.of("and this?")));
        }
    }

    @Test
    void whoseLoginEndsIsToldAndHearsNoMore() throws Exception {
        Rest rest = Rest.login(town.here(), omar, "3.0");
        try (Visitor visitor = new Visitor(rest.token()).connect(town.there());
                Visitor other = omarHere.visitor().connect(town.there())) {
            visitor.ask(subscribe(messages(), presence()));
            other.ask(subscribe(messages()));
            rest.delete("/sessions/" + rest.token());
            visitor.until(each -> each.heard.stream().anyMatch(event -> "logout".equals(event.getString("event"))));
            inesHere.say(garden, "between us");
            other.until(each -> each.texts().size() == 1);
            assertThat(visitor.texts()).isEmpty();
            assertThat(code(visitor.ask(subscribe(messages())))).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "{\"type\":\"messages\",\"since\":\"yesterday\"}; 7",
                "{\"type\":\"messages\",\"since\":12}; 7",
                "{\"type\":\"presence\",\"target\":\"all\"}; 7",
                "{\"type\":\"presence\",\"target\":{\"type\":\"some\"}}; 7",
                "{\"type\":\"presence\",\"target\":{\"type\":\"selected\"}}; 7",
                "{\"type\":\"presence\",\"target\":{\"type\":\"selected\",\"user_ids\":[]}}; 7",
                "{\"type\":\"presence\",\"target\":{\"type\":\"selected\",\"user_ids\":[7]}}; 7",
                "{\"type\":\"gossip\"}; 7"
            })
    void whatMakesNoSenseIsRefused(String request, int code) throws Exception {
        try (Visitor visitor = omarHere.visitor().connect(town.here())) {
            assertThat(code(visitor.ask(subscribe(new JsonObject(request))))).isEqualTo(code);
            assertThat(visitor.ask(subscribe(messages())).getString("type")).isEqualTo("response");
        }
    }

    /** By its position where it was, or by none; on one node or the other; while somebody speaks. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverIsCutEverythingIsHeardOnceAndInOrder(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> said = IntStream.range(0, 120).mapToObj(i -> "word " + i).toList();
        try (Visitor visitor = omarHere.visitor().connect(town.here());
                Visitor steady = omarHere.visitor().connect(town.there())) {
            visitor.ask(subscribe(messages()));
            steady.ask(subscribe(messages()));
            for (String word : said) {
                inesHere.say(garden, word);
                if (random.nextInt(12) == 0) {
                    visitor.cut();
                    visitor.connect(random.nextBoolean() ? town.here() : town.there());
                    List<JsonObject> changes = visitor.changes();
                    if (!changes.isEmpty() && random.nextBoolean()) {
                        visitor.say(subscribe(messages(changes.getLast().getString("position"))));
                    }
                }
            }
            visitor.until(each -> each.texts().contains(said.getLast()));
            steady.until(each -> each.texts().size() == said.size());
            assertThat(steady.texts()).isEqualTo(said);
            assertOnceByPosition(visitor, said);
        }
    }

    /** Positions tell what has come before, and what is left without that is each once and in order. */
    private static void assertOnceByPosition(Visitor visitor, List<String> said) {
        TreeMap<Long, String> bySequence = new TreeMap<>();
        for (JsonObject change : visitor.changes()) {
            JsonObject body = change.getJsonObject("body");
            String place = change.getString("position");
            String before = bySequence.put(Long.parseLong(place.substring(place.indexOf('-') + 1)), body.encode());
            assertThat(before).as("at " + place).isIn(null, body.encode());
        }
        assertThat(bySequence.lastKey() - bySequence.firstKey())
                .as("nothing is missing")
                .isEqualTo(bySequence.size() - 1);
        assertThat(visitor.texts().stream().distinct()).isEqualTo(said);
        assertThat(visitor.verdicts()).allMatch(verdict -> "complete".equals(verdict.getString("verdict")));
    }

    private static JsonObject value(JsonObject answer) {
        return answer.getJsonObject("data").getJsonObject("presence").getJsonObject("value");
    }

    private static int code(JsonObject error) {
        assertThat(error.getString("type")).as(error.encode()).isEqualTo("error");
        return error.getJsonObject("status").getInteger("code");
    }
}
