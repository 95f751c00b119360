package io.continuo.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.continuo.common.bus.ErrorCode;
import io.continuo.gateway.dialect.BadRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectPathTest {
    private static final ObjectPath MEMBER = ObjectPath.of("channels/:id/members/:user");

    @ParameterizedTest
    @CsvSource({"layer:///messages/m1, m1", "m1, m1", "'', ''"})
    void takeAnObjectsIdWholeOrBare(String id, String expected) {
        assertThat(ObjectPath.of("messages/:id").match(id)).isEqualTo(Map.of("id", expected));
    }

    @ParameterizedTest
    @CsvSource({"layer:///identities/zo%C3%AB%2Fa, zoë/a", "layer:///identities/a/b, a/b", "a/b, a/b"})
    void takeAUserWithWhateverItsIdHolds(String id, String user) {
        assertThat(ObjectPath.of("identities/:user").match(id)).isEqualTo(Map.of("user", user));
    }

    @Test
    void takeAnObjectBelowAnother() {
        assertThat(MEMBER.match("layer:///channels/c1/members/o%20mar")).isEqualTo(Map.of("id", "c1", "user", "o mar"));
    }

    @ParameterizedTest
    @CsvSource({"c1", "layer:///channels/c1", "layer:///messages/c1/members/omar", "layer:///channels/c1/x/omar"})
    void refuseWhatIsNoSuchObject(String id) {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> MEMBER.match(id))
                .matches(bad -> bad.failure().code() == ErrorCode.NOT_FOUND);
    }

    @Test
    void missAnObject() {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> MEMBER.match(null))
                .matches(bad -> "object_id".equals(bad.failure().property()));
        assertThat(ObjectPath.of("").match(null)).isEmpty();
    }
}
