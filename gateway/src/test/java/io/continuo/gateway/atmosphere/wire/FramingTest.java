package io.continuo.gateway.atmosphere.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FramingTest {
    @Test
    void lengthsCountUtf16Units() {
        assertThat(new Framing(true).message("\"é😀\"")).isEqualTo("5|\"é😀\"");
        assertThat(new Framing(true).padding()).isEqualTo("1|X");
        assertThat(new Framing(true).hello("9a1b2c3d-0000-4000-8000-123456789abc", 30))
                .isEqualTo("45|9a1b2c3d-0000-4000-8000-123456789abc|30000|X|");
    }

    @Test
    void withoutLengthsTextsAreBare() {
        assertThat(new Framing(false).message("{}")).isEqualTo("{}");
        assertThat(new Framing(false).padding()).isEqualTo("X");
        assertThat(new Framing(false).hello("id", 25)).isEqualTo("id|25000|X|");
    }

    @Property(tries = 200)
    void barsAreHiddenAndNothingElseChanges(@ForAll String text) {
        String json = Json.encode(text + '|' + text);
        String message = new Framing(false).message(json);
        assertThat(message).doesNotContain("|");
        assertThat(Json.decodeValue(message)).isEqualTo(Json.decodeValue(json));
    }

    @Test
    void whatIsNoMessageIsSwallowed() {
        assertThat(ClientText.message("X")).isEmpty();
        assertThat(ClientText.message(" \n")).isEmpty();
        assertThat(ClientText.message("...ACK...")).isEmpty();
        assertThat(ClientText.message("@@/some/path@@{\"a\":1}")).isEqualTo("{\"a\":1}");
        assertThat(ClientText.message(" {\"a\":1}\n")).isEqualTo("{\"a\":1}");
    }
}
