package io.continuo.gateway.api;

import io.continuo.common.bus.SubjectRequest;
import io.vertx.core.http.HttpMethod;

/**
 * One thing that an app's backend can ask about subjects: a row of {@link SubjectOperations}.
 *
 * @param path of HTTP, after {@code /apps/:app}
 * @param status of the answer when it is done; what is made new is answered 201
 */
public record SubjectOperation(String name, HttpMethod method, String path, int status, Reading reading) {

    /** Reads what the backend asks; throws {@link io.continuo.gateway.dialect.BadRequest}. */
    @FunctionalInterface
    public interface Reading {
        SubjectRequest read(SubjectInput input);
    }
}
