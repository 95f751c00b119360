package io.continuo.gateway.atmosphere.navixy;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.model.Lifecycle;
import io.continuo.gateway.subject.Interest.Kind;
import io.continuo.gateway.subject.SubjectEvent;
import io.continuo.gateway.subject.SubjectStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T04:05:06.789Z"), ZoneOffset.UTC);
    private final Texts texts = new Texts(CLOCK, false);

    @Test
    void eventsAreWrittenAsNavixyWritesThem() {
        assertThat(texts.event(new SubjectEvent.State("{\"source_id\":1}"), false))
                .isEqualTo("{\"type\":\"event\",\"event\":\"state\",\"user_time\":\"2026-02-03 04:05:06\","
                        + "\"data\":{\"source_id\":1}}");
        assertThat(texts.event(new SubjectEvent.States(List.of("{\"a\":1}", "{\"a\":2}")), true))
                .isEqualTo("{\"type\":\"event\",\"event\":\"state_batch\",\"user_time\":\"2026-02-03T04:05:06Z\","
                        + "\"data\":[{\"a\":1},{\"a\":2}]}");
        assertThat(texts.event(
                        new SubjectEvent.Readings(List.of(new SubjectEvent.Readings.Part(7, "{\"inputs\":[]}"))), true))
                .endsWith("\"data\":[{\"7\":{\"inputs\":[]}}]}");
        assertThat(texts.event(new SubjectEvent.Iot(List.of("{\"tracker_id\":7}")), false))
                .isEqualTo("{\"type\":\"event\",\"event\":\"iot_monitor\","
                        + "\"data\":{\"iot_last_values\":[{\"tracker_id\":7}]}}");
        assertThat(texts.event(new SubjectEvent.Change(7, 70, Lifecycle.CORRUPT), false))
                .isEqualTo("{\"type\":\"event\",\"event\":\"lifecycle\","
                        + "\"data\":{\"source_id\":70,\"lifecycle_event\":\"corrupt\"}}");
    }

    @Test
    void statesOfABatchMayStandInEnvelopes() {
        assertThat(new Texts(CLOCK, true).event(new SubjectEvent.States(List.of("{\"a\":1}")), true))
                .endsWith("\"data\":[{\"type\":\"source_state_event\",\"state\":{\"a\":1}}]}");
    }

    @Test
    void answersTellTheStatusOfEachTracker() {
        Map<Kind, Map<Long, SubjectStatus>> statuses = Map.of(Kind.STATE, Map.of(7L, SubjectStatus.BLOCKED));
        assertThat(Texts.subscribed(statuses))
                .isEqualTo("{\"type\":\"response\",\"action\":\"subscription/subscribe\",\"events\":[\"state\"],"
                        + "\"data\":{\"state\":{\"success\":true,\"value\":{\"7\":\"blocked\"}}}}");
        assertThat(Texts.formerlyUnsubscribed(List.of(Kind.STATE), List.of(7L)))
                .isEqualTo("{\"type\":\"response\",\"action\":\"subscription/unsubscribe\",\"events\":[\"state\"],"
                        + "\"data\":[7]}");
        assertThat(Texts.error("null", Fault.FORMAT))
                .isEqualTo("{\"type\":\"error\",\"action\":\"null\","
                        + "\"status\":{\"code\":5,\"description\":\"Wrong request format\"}}");
    }
}
