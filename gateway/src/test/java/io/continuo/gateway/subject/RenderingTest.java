package io.continuo.gateway.subject;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.model.ReadingList;
import io.continuo.common.model.Subject;
import io.continuo.common.model.Subject.Facts;
import io.continuo.common.model.Subject.Reading;
import io.continuo.common.model.Subject.Standing;
import io.continuo.common.model.Subject.Value;
import io.continuo.common.model.SubjectId;
import io.continuo.gateway.subject.Interest.Projection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenderingTest {
    private static final SubjectId VAN = new SubjectId("", 7);

    @Test
    void aStateHasItsSourceAndTimesInTheFormAskedFor() {
        Rendering van = view("{\"gps\":{\"speed\":3},\"last_update\":\"2026-11-20T16:35:00.250Z\",\"x\":1}")
                .rendering();
        assertThat(van.state(Projection.FULL))
                .isEqualTo(
                        "{\"source_id\":1007,\"gps\":{\"speed\":3},\"last_update\":\"2026-11-20 16:35:00\",\"x\":1}");
        assertThat(van.state(new Projection(true, null, true, true)))
                .isEqualTo("{\"source_id\":1007,\"gps\":{\"speed\":3},\"last_update\":\"2026-11-20T16:35:00.250Z\"}");
        assertThat(view("{}").rendering().state(Projection.FULL)).isEqualTo("{\"source_id\":1007}");
    }

    @Test
    void readingsAreThePartsWrittenSince() {
        Rendering van = view("{}").rendering();
        assertThat(van.readings(2, Projection.FULL))
                .contains("{\"inputs\":[],\"states\":[{\"field\":\"f\",\"value\":null}],\"virtual_sensors\":[],"
                        + "\"counters\":[{\"type\":\"odo\",\"value\":9}]}");
        assertThat(van.readings(Seat.NOTHING, Projection.FULL).orElseThrow())
                .contains("\"states\":[]", "\"sensor_id\":1", "\"sensor_id\":2");
        assertThat(van.readings(5, Projection.FULL)).isEmpty();
    }

    @Test
    void readingsMayBeOfOneTypeAndWithoutComponents() {
        Rendering van = view("{}").rendering();
        assertThat(van.readings(Seat.NOTHING, new Projection(false, "fuel", true, false))
                        .orElseThrow())
                .contains("\"sensor_id\":1", "\"counters\":[]")
                .doesNotContain("\"sensor_id\":2");
        assertThat(van.readings(Seat.NOTHING, new Projection(false, null, false, false))
                        .orElseThrow())
                .contains("\"sensor_id\":2")
                .doesNotContain("\"sensor_id\":1,");
    }

    @Test
    void aCursorIsReadAsItWasWritten() {
        Cursor cursor = new Cursor(17, Map.of(7L, 20L, 8L, 19L));
        assertThat(Cursor.parse(cursor.toString())).contains(cursor);
        assertThat(cursor.of(7)).isEqualTo(20);
        assertThat(cursor.of(9)).isEqualTo(16);
        assertThat(Cursor.parse("x")).isEmpty();
        assertThat(Cursor.parse("1 2")).isEmpty();
    }

    private static View view(String state) {
        View view = new View(VAN);
        view.replace(new Subject(
                VAN,
                5,
                new Facts(1, 1007, "van", "ines", List.of(), Standing.OPEN),
                new Value(5, state),
                List.of(
                        new Reading(ReadingList.INPUTS, "1", 1, "{\"sensor_id\":1,\"type\":\"fuel\"}", false),
                        new Reading(
                                ReadingList.INPUTS,
                                "2",
                                2,
                                "{\"sensor_id\":2,\"type\":\"rpm\",\"composite_sensor_ids\":[1]}",
                                false),
                        new Reading(ReadingList.STATES, "f", 3, "{\"field\":\"f\",\"value\":null}", true),
                        new Reading(ReadingList.COUNTERS, "odo", 4, "{\"type\":\"odo\",\"value\":9}", false)),
                Value.NONE,
                List.of()));
        return view;
    }
}
