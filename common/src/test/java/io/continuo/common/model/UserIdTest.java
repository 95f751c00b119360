package io.continuo.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserIdTest {
    @Test
    void theDefaultAppsUsersAreCalledAsOnTheWire() {
        assertThat(UserId.of("", "ines")).isEqualTo("ines");
        assertThat(UserId.app("ines")).isEmpty();
        assertThat(UserId.given("ines")).isEqualTo("ines");
    }

    @Test
    void usersOfTwoAppsAreNeverTheSame() {
        String ines = UserId.of("shop", "ines");
        assertThat(ines).isNotEqualTo(UserId.of("", "ines")).isNotEqualTo(UserId.of("club", "ines"));
        assertThat(UserId.app(ines)).isEqualTo("shop");
        assertThat(UserId.given(ines)).isEqualTo("ines");
    }

    @Test
    void aBackendIsNobodyElse() {
        assertThat(UserId.isBackend(UserId.backend(""))).isTrue();
        assertThat(UserId.isBackend(UserId.backend("shop"))).isTrue();
        assertThat(UserId.isBackend("ines")).isFalse();
        assertThat(UserId.isBackend(UserId.of("shop", "ines"))).isFalse();
        assertThat(UserId.isBackend("")).isFalse();
        assertThat(UserId.app(UserId.backend("shop"))).isEqualTo("shop");
        assertThat(UserId.given(UserId.backend("shop"))).isEmpty();
    }
}
