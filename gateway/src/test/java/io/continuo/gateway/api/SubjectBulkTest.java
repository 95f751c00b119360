package io.continuo.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.continuo.common.bus.Reply;
import io.continuo.common.model.SubjectWrite;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.buffer.Buffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectBulkTest {

    @Test
    void readsAnArrayAndLinesAlike() {
        String one = "{\"id\":7,\"state\":{\"name\":\"Ä\",\"n\":1.15},\"replace\":true}";
        String other = "{\"id\":8,\"readings\":{\"states\":[{\"field\":\"x\",\"value\":null}]}}";
        SubjectBulk.Slice array = slice(" [" + one + ", " + other + "]", false);
        SubjectBulk.Slice lines = slice(one + "\r\n\n" + other, true);
        assertThat(array.writes())
                .containsExactly(
                        new SubjectWrite(7, true, "{\"name\":\"Ä\",\"n\":1.15}", null, null),
                        new SubjectWrite(8, false, null, "{\"states\":[{\"field\":\"x\",\"value\":null}]}", null));
        assertThat(lines.writes()).isEqualTo(array.writes());
        assertThat(slice(one, false).writes()).hasSize(1);
    }

    @Test
    void turnsDownAnEntryByItself() {
        SubjectBulk.Slice slice = slice("[{\"id\":0,\"state\":{}},{\"id\":1,\"state\":{}},7,{\"id\":2}]", false);
        assertThat(slice.places()).containsExactly(1);
        assertThat(slice.rejections()).extracting(Reply.Rejection::place).containsExactly(0, 2, 3);
        SubjectBulk.Slice lines = slice("{\"id\":1,\"state\":{}}\n{oops\n{\"id\":2,\"state\":{}}", true);
        assertThat(lines.places()).containsExactly(0, 2);
        assertThat(lines.rejections()).extracting(Reply.Rejection::place).containsExactly(1);
    }

    @Test
    void readsNoFartherThanAnArrayIsJson() {
        SubjectBulk.Slice slice = slice("[{\"id\":1,\"state\":{}},{oops},{\"id\":2,\"state\":{}}]", false);
        assertThat(slice.writes()).hasSize(1);
        assertThat(slice.rejections()).hasSize(1);
        assertThatThrownBy(() -> SubjectBulk.of(Buffer.buffer("7"), false)).isInstanceOf(BadRequest.class);
        assertThatThrownBy(() -> SubjectBulk.of(null, false)).isInstanceOf(BadRequest.class);
    }

    @Test
    void comesInSlices() {
        SubjectBulk bulk = SubjectBulk.of(
                Buffer.buffer(IntStream.rangeClosed(1, 1_200)
                        .mapToObj(id -> "{\"id\":" + id + ",\"state\":{}}")
                        .collect(Collectors.joining("\n"))),
                true);
        assertThat(IntStream.range(0, 4).map(i -> bulk.next().writes().size()).toArray())
                .containsExactly(500, 500, 200, 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            state                        | {"state": []}
            state.gps                    | {"state": {"gps": 7}}
            state.gps.location.lat       | {"state": {"gps": {"location": {"lat": 91, "lng": 0}}}}
            state.gps.location.lng       | {"state": {"gps": {"location": {"lat": 0, "lng": "east"}}}}
            state.connection_status      | {"state": {"connection_status": "asleep"}}
            state.inputs                 | {"state": {"inputs": [1]}}
            readings.sensors             | {"readings": {"sensors": []}}
            readings.inputs              | {"readings": {"inputs": [7]}}
            readings.inputs.sensor_id    | {"readings": {"inputs": [{"value": 1}]}}
            readings.counters.type       | {"readings": {"counters": [{"type": "", "value": 1}]}}
            readings.states.value        | {"readings": {"states": [{"field": "x", "value": {}}]}}
            iot                          | {"iot": 7}
            iot.values                   | {"iot": {"values": {"a": []}}}
            iot.msg_time                 | {"iot": {"msg_time": 7, "values": {}}}
            """)
    void namesThePropertyAtFault(String property, String entry) {
        SubjectBulk.Slice slice = slice("{\"id\":7," + entry.substring(1), true);
        assertThat(slice.rejections())
                .singleElement()
                .satisfies(
                        rejection -> assertThat(rejection.failure().property()).isEqualTo(property));
    }

    private static SubjectBulk.Slice slice(String body, boolean lines) {
        return SubjectBulk.of(Buffer.buffer(body), lines).next();
    }
}
