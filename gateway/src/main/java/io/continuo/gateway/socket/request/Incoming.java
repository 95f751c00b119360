package io.continuo.gateway.socket.request;

import io.continuo.common.bus.Reply;
import org.jspecify.annotations.Nullable;

/** A packet from a client (protocol/layer.md §5.1, §7.1), only so far understood that it can be handed on. */
public sealed interface Incoming {

    /** It came in a binary frame, and so goes the response. */
    boolean binary();

    /**
     * @param id null when no response is wanted
     * @param objectId whatever JSON the client put there, as is {@code data}
     */
    record Request(
            String method,
            @Nullable String id,
            @Nullable Object objectId,
            @Nullable Object data,
            boolean binary) implements Incoming {}

    /** A signal (§9.1). */
    record Signal(
            String type,
            @Nullable String id,
            @Nullable Object objectId,
            @Nullable Object action,
            boolean binary) implements Incoming {}

    /** What is no packet at all; answered without a {@code request_id}. */
    record Malformed(Reply.Failure failure, boolean binary) implements Incoming {}
}
