package io.continuo.gateway.dialect;

import java.util.Arrays;
import java.util.Optional;

/** The versions of Layer's protocol that we speak (protocol/layer.md §1), oldest first. */
public enum Dialect {
    LAYER_1_0("1.0"),
    LAYER_2_0("2.0"),
    LAYER_3_0("3.0");

    private final String version;

    Dialect(String version) {
        this.version = version;
    }

    /** The WebSocket subprotocol, such as {@code layer-2.0} (§4.2). */
    public String subprotocol() {
        return "layer-" + version;
    }

    /** The version of REST's {@code Accept} header, such as {@code 2.0}. */
    public String version() {
        return version;
    }

    public static Optional<Dialect> ofSubprotocol(String subprotocol) {
        return Arrays.stream(values())
                .filter(dialect -> dialect.subprotocol().equals(subprotocol))
                .findFirst();
    }

    /** The same for the Server API, which has a version 1.1 of its own that differs in nothing else (§14.1). */
    public static Optional<Dialect> ofServerVersion(String version) {
        return version.equals("1.1") ? Optional.of(LAYER_1_0) : ofVersion(version);
    }

    public static Optional<Dialect> ofVersion(String version) {
        return Arrays.stream(values())
                .filter(dialect -> dialect.version.equals(version))
                .findFirst();
    }
}
