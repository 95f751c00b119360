package io.continuo.gateway.api;

import io.continuo.common.bus.MessagingRequest;
import io.vertx.core.http.HttpMethod;

/**
 * One thing that a client can ask for, the same by REST and by WebSocket: a row of {@link ClientOperations}, where it is
 * told how to add one.
 *
 * @param name the method on a WebSocket, {@code <Type>.<what>}; also names the operation in the description of the API
 * @param method of HTTP
 * @param path of HTTP, with parameters such as {@code :id}
 * @param object what {@code object_id} names on a WebSocket; has the parameters of {@code path}
 * @param changes whether it may cause change packets: its response then precedes them (protocol/layer.md §5.3)
 * @param status of the HTTP answer when it is done, or when what it creates is new; reads answer 200
 * @param reading makes the request to the service
 */
public record Operation(
        String name, HttpMethod method, String path, ObjectPath object, boolean changes, int status, Reading reading) {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    /** Reads a client's input; throws {@link io.continuo.gateway.dialect.BadRequest}. */
    @FunctionalInterface
    public interface Reading {
        MessagingRequest read(Input input);
    }

    /** A {@code GET}. */
    public static Operation read(String name, String path, String object, Reading reading) {
        return new Operation(name, HttpMethod.GET, path, ObjectPath.of(object), false, OK, reading);
    }

    /** A {@code POST} that is answered with what it has created. */
    public static Operation create(String name, String path, String object, Reading reading) {
        return change(name, HttpMethod.POST, path, object, reading).answering(CREATED);
    }

    /** A change that is answered without content, or as {@link #answering} says. */
    public static Operation change(String name, HttpMethod method, String path, String object, Reading reading) {
        return new Operation(name, method, path, ObjectPath.of(object), true, NO_CONTENT, reading);
    }

    /** The same with another status of success. */
    public Operation answering(int code) {
        return new Operation(name, method, path, object, changes, code, reading);
    }
}
