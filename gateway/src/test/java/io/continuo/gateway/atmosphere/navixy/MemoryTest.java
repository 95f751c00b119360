package io.continuo.gateway.atmosphere.navixy;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.event.Position;
import io.continuo.gateway.login.HashOutcome;
import io.continuo.gateway.subject.Cursor;
import io.continuo.gateway.subject.Interest;
import io.continuo.gateway.subject.Interest.Kind;
import io.continuo.gateway.subject.Interest.Projection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final HashOutcome.Known LOGIN = new HashOutcome.Known("shop\u001fines", "k1", true, 7, 8);
    private static final People.Presence ONLY_OMAR = new People.Presence(List.of("omar"));
    private static final List<Interest> INTERESTS = List.of(
            new Interest(Kind.STATE, new Interest.Selected(List.of(7L, 5_000_000_000L)), Projection.FULL, 0),
            new Interest(Kind.READINGS_BATCH, new Interest.All(), new Projection(false, "fuel", false, true), 250));

    @Test
    void whatIsRememberedIsReadAsItWas() {
        Cursor cursor = new Cursor(900, Map.of(7L, 1_000L));
        String state = new JsonArray().add(Memory.state(LOGIN, INTERESTS, 600)).encode();
        String cursors = new JsonObject().put("k1", cursor.toString()).encode();
        assertThat(Memory.read(state, cursors)).containsExactly(new Memory.Remembered(LOGIN, INTERESTS, 600, cursor));
    }

    @Test
    void messagesGoOnWhereTheyAreKnownToHaveArrivedOrElseWhereTheyBegan() {
        People people =
                new People(Optional.of(new People.Messages(Optional.of(new Position(50, 7)))), Optional.of(ONLY_OMAR));
        String state =
                new JsonArray().add(Memory.state(LOGIN, List.of(), 600, people)).encode();
        assertThat(Memory.read(state, "").getFirst().people()).isEqualTo(people);
        String cursors = new JsonObject()
                .put("k1", Cursor.NONE.toString())
                .put(Memory.mailKey("k1"), "60-9")
                .encode();
        assertThat(Memory.read(state, cursors).getFirst().people())
                .isEqualTo(new People(
                        Optional.of(new People.Messages(Optional.of(new Position(60, 9)))), Optional.of(ONLY_OMAR)));
    }

    @Test
    void withoutACursorNothingIsKnownToHaveArrived() {
        String state = new JsonArray().add(Memory.state(LOGIN, INTERESTS, 600)).encode();
        assertThat(Memory.read(state, "").getFirst().cursor()).isEqualTo(Cursor.NONE);
        assertThat(Memory.read("", "")).isEmpty();
    }
}
