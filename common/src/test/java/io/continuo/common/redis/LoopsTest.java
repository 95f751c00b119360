package io.continuo.common.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopsTest {

    @Test
    void readsTheAddressesWithoutTheirTokens() {
        assertThat(Loops.addresses("")).isEmpty();
        assertThat(Loops.addresses("gateway.a.0=7")).containsExactly("gateway.a.0");
        assertThat(Loops.addresses("gateway.a.0=7 gateway.b=c.1=12")).containsExactly("gateway.a.0", "gateway.b=c.1");
    }
}
