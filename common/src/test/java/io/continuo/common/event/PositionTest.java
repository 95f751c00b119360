package io.continuo.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    @Test
    void isReadAsItIsWritten() {
        Position position = new Position(1_763_632_800_123L, 42);
        assertThat(Position.parse(position.toString())).contains(position);
        assertThat(Position.parse("0-0")).contains(Position.BEGINNING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "1", "1-", "-1", "1-2-3", "a-1", "1-b", " 1-2", "1--2", "+1-2", "1-1234567890123456"})
    void isNotReadFromAnythingElse(String text) {
        assertThat(Position.parse(text)).isEmpty();
    }

    @Test
    void comparesByTimeAndThenBySequence() {
        assertThat(new Position(2, 1)).isGreaterThan(new Position(1, 9)).isLessThan(new Position(2, 2));
    }
}
