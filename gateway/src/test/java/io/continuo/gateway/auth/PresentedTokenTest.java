package io.continuo.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedTokenTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Layer session-token=\"a.b-c_d~e\"",
                "Layer session-token='a.b-c_d~e'",
                "layer Session-Token = \"a.b-c_d~e\"",
                "Layer session-token=a.b-c_d~e",
                "Bearer a.b-c_d~e",
                " bearer  a.b-c_d~e "
            })
    void isReadFromTheHeader(String header) {
        assertThat(Authenticator.tokenOf(null, header(header))).contains("a.b-c_d~e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Layer", "Layer session-token=\"\"", "Basic abc", "Bearer", "Layer session-token=\"a"})
    void isNotThereInAnythingElse(String header) {
        assertThat(Authenticator.tokenOf("", header(header))).isEmpty();
    }

    @Test
    void isReadFromTheQueryFirst() {
        assertThat(Authenticator.tokenOf("client-id=x&session_token=t1&y", header("Bearer t2")))
                .contains("t1");
        assertThat(Authenticator.tokenOf("session_token=&y", header("Bearer t2")))
                .contains("t2");
    }

    @Test
    void isReadFromTheSubprotocolsOfAnUpgrade() {
        MultiMap upgrade =
                MultiMap.caseInsensitiveMultiMap().add("sec-websocket-protocol", "layer-2.0, session-token.a.b-c_d~e");
        assertThat(Authenticator.tokenOf("client-id=x", upgrade)).contains("a.b-c_d~e");
        assertThat(Authenticator.tokenOf("session_token=t1", upgrade)).contains("t1");
        upgrade.set("sec-websocket-protocol", "layer-2.0, session-token.");
        assertThat(Authenticator.tokenOf("", upgrade)).isEmpty();
    }

    private static MultiMap header(String value) {
        return MultiMap.caseInsensitiveMultiMap().add("authorization", value);
    }
}
