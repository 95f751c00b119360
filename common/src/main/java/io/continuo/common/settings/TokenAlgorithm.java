package io.continuo.common.settings;

import java.util.Arrays;
import java.util.Optional;

/** How a token may be signed. Each key is for one of them only, so that no key can be taken for another's. */
public enum TokenAlgorithm {
    RS256("RS256"),
    ES256("ES256"),
    EDDSA("EdDSA"),
    /** With a secret that both sides share. */
    HS256("HS256");

    private final String wire;

    TokenAlgorithm(String wire) {
        this.wire = wire;
    }

    /** Its name in a token's header. */
    public String wire() {
        return wire;
    }

    public static Optional<TokenAlgorithm> of(String wire) {
        return Arrays.stream(values()).filter(each -> each.wire.equals(wire)).findFirst();
    }
}
