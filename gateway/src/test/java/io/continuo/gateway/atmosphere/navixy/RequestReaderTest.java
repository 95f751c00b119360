package io.continuo.gateway.atmosphere.navixy;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.event.Position;
import io.continuo.gateway.subject.Interest;
import io.continuo.gateway.subject.Interest.Kind;
import io.continuo.gateway.subject.Interest.Projection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
    @Test
    void everyKindIsRead() {
        assertThat(subscribe("""
                {"action": "subscribe", "hash": "h", "iso_datetime": true, "requests": [
                  {"type": "state", "trackers": [7, 8, 7], "format": "compact"},
                  {"type": "state_batch", "target": {"type": "all"}, "rate_limit": "5s"},
                  {"type": "readings_batch", "target": {"type": "selected", "tracker_ids": [9]}, "rate_limit": "250ms",
                   "sensor_type": "fuel", "include_components": false},
                  {"type": "iot_monitor", "target": {"type": "selected", "tracker_ids": [9]}, "rate_limit": "1m",
                   "flow_id": 3}]}"""))
                .isEqualTo(new Request.Subscribe(
                        "h",
                        List.of(
                                new Interest(
                                        Kind.STATE,
                                        new Interest.Selected(List.of(7L, 8L)),
                                        new Projection(true, null, true, true),
                                        0),
                                new Interest(
                                        Kind.STATE_BATCH,
                                        new Interest.All(),
                                        new Projection(false, null, true, true),
                                        5_000),
                                new Interest(
                                        Kind.READINGS_BATCH,
                                        new Interest.Selected(List.of(9L)),
                                        new Projection(false, "fuel", false, true),
                                        250),
                                new Interest(
                                        Kind.IOT_MONITOR,
                                        new Interest.Selected(List.of(9L)),
                                        new Projection(false, null, true, true),
                                        60_000))));
    }

    @Test
    void messagesAndPresenceStandAmongTheOthers() {
        assertThat(subscribe("""
                {"action": "subscribe", "hash": "h", "requests": [
                  {"type": "messages", "since": "12-3"}, {"type": "state", "trackers": [7]},
                  {"type": "presence", "target": {"type": "selected",
                   "user_ids": ["omar", "layer:///identities/in%20es", "omar"]}}]}""")).satisfies(read -> {
            assertThat(read.interests()).hasSize(1);
            assertThat(read.people())
                    .isEqualTo(new People(
                            Optional.of(new People.Messages(Optional.of(new Position(12, 3)))),
                            Optional.of(new People.Presence(List.of("omar", "in es")))));
        });
        assertThat(subscribe("""
                        {"action": "subscribe", "hash": "h", "requests": [{"type": "messages"}, {"type": "presence"}]}""").people())
                .isEqualTo(new People(
                        Optional.of(new People.Messages(Optional.empty())),
                        Optional.of(new People.Presence(List.of()))));
    }

    @Test
    void theFormOfFormerTimesMeansTheSame() {
        assertThat(subscribe("{\"action\":\"subscribe\",\"hash\":\"h\",\"events\":[\"state\"],\"trackers\":[7]}"))
                .isEqualTo(
                        subscribe(
                                "{\"action\":\"subscribe\",\"hash\":\"h\",\"requests\":[{\"type\":\"state\",\"trackers\":[7]}]}"));
        assertThat(RequestReader.read(
                        "{\"action\":\"unsubscribe\",\"hash\":\"h\",\"events\":[\"state\"],\"trackers\":[7]}"))
                .isInstanceOfSatisfying(
                        RequestReader.Read.Understood.class,
                        read -> assertThat(read.request())
                                .isInstanceOfSatisfying(
                                        Request.Unsubscribe.class,
                                        request -> assertThat(request.old()).isTrue()));
    }

    @Test
    void theLastOfOneKindCounts() {
        Request.Subscribe twice = subscribe("""
                {"action": "subscribe", "hash": "h", "requests": [
                  {"type": "state", "trackers": [7]}, {"type": "state", "trackers": [8]}]}""");
        assertThat(twice.interests()).hasSize(1);
        assertThat(twice.interests().getFirst().target()).isEqualTo(new Interest.Selected(List.of(8L)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "hello; null; 5",
                "[1]; null; 5",
                "{}; null; 5",
                "{\"action\":7}; null; 5",
                "{\"action\":\"dance\",\"hash\":\"h\"}; dance; 112",
                "{\"action\":\"subscribe\"}; subscription/subscribe; 3",
                "{\"action\":\"subscribe\",\"hash\":7}; subscription/subscribe; 3",
                "{\"action\":\"subscribe\",\"hash\":\"h\"}; subscription/subscribe; 5",
                "{\"action\":\"unsubscribe\",\"hash\":\"h\",\"requests\":{}}; subscription/unsubscribe; 5",
                "{\"action\":\"subscribe\",\"hash\":\"h\",\"requests\":[]}; subscription/subscribe; 7",
                "{\"action\":\"subscribe\",\"hash\":\"h\",\"requests\":[7]}; subscription/subscribe; 5",
                "{\"action\":\"subscribe\",\"hash\":\"h\",\"events\":[\"news\"],\"trackers\":[7]};"
                        + " subscription/subscribe; 7",
                "{\"action\":\"subscribe\",\"hash\":\"h\",\"iso_datetime\":1,\"requests\":[]}; subscription/subscribe; 7"
            })
    void whatMakesNoSenseIsCalledByItsCode(String text, String action, int code) {
        assertThat(RequestReader.read(text)).isInstanceOfSatisfying(RequestReader.Read.Faulty.class, faulty -> {
            assertThat(faulty.action()).isEqualTo(action);
            assertThat(faulty.fault().code()).isEqualTo(code);
        });
    }

    private static Request.Subscribe subscribe(String text) {
        return (Request.Subscribe) ((RequestReader.Read.Understood) RequestReader.read(text)).request();
    }
}
