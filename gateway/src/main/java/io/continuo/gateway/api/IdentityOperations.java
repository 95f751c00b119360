package io.continuo.gateway.api;

import io.continuo.common.bus.MessagingRequest;
import java.util.List;

/** Identities (protocol/layer.md §13.8). */
final class IdentityOperations {
    private IdentityOperations() {}

    static List<Operation> rows() {
        return List.of(Operation.read(
                "Identity.get",
                "/identities/:user",
                "identities/:user",
                input -> new MessagingRequest.GetIdentity(input.userNamed("user"))));
    }
}
