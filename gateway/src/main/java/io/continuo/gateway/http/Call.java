package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Position;
import io.continuo.gateway.dialect.BadRequest;
import io.continuo.gateway.dialect.Dialect;
import io.continuo.gateway.dialect.Links;
import io.continuo.gateway.dialect.Renderer;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * One HTTP request on its way to its answer.
 *
 * @param dialect of {@code Accept}; 2.0 where none is asked for
 * @param user who asks; empty where no session is needed
 */
record Call(RoutingContext context, Dialect dialect, Links links, Renderer renderer, String user) {

    private static final String JSON = "application/json";

    Call as(String who) {
        return new Call(context, dialect, links, renderer, who);
    }

    HttpServerRequest request() {
        return context.request();
    }

    MultiMap headers() {
        return context.response().headers();
    }

    /** A part of the path; the routes see to it that it is there. */
    String path(String name) {
        String value = context.pathParam(name);
        return value == null ? "" : value;
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParams().get(name));
    }

    /** The body, an object; an empty one when there is none (§13.1). */
    JsonObject body() {
        return bodyIsEmpty() ? new JsonObject() : body(JsonObject.class, "The body must be a JSON object.");
    }

    /** The body, an array; an empty one when there is none. */
    JsonArray arrayBody() {
        return bodyIsEmpty() ? new JsonArray() : body(JsonArray.class, "The body must be a JSON array.");
    }

    private boolean bodyIsEmpty() {
        Buffer body = context.body().buffer();
        return body == null || body.length() == 0;
    }

    private <T> T body(Class<T> type, String otherwise) {
        try {
            Object value = Json.decodeValue(context.body().buffer());
            if (type.isInstance(value)) {
                return type.cast(value);
            }
        } catch (DecodeException malformed) {
            throw malformedBody(otherwise);
        }
        throw malformedBody(otherwise);
    }

    /** A property of a body that has to be text. */
    static String required(JsonObject body, String property) {
        Object value = body.getValue(property);
        if (value == null) {
            throw new BadRequest(
                    Reply.Failure.ofProperty(ErrorCode.MISSING_PROPERTY, property, property + " is missing."));
        }
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new BadRequest(Reply.Failure.ofProperty(
                ErrorCode.INVALID_PROPERTY, property, property + " must be a string and not be blank."));
    }

    Future<Void> json(int status, String text) {
        headers().set(HttpHeaders.CONTENT_TYPE, JSON);
        return response(status).end(text);
    }

    Future<Void> empty(int status) {
        return response(status).end();
    }

    /** A page of a list (§13.1). */
    Future<Void> list(int total, Position position, String text) {
        headers().set("Layer-Count", Integer.toString(total));
        return at(position).json(200, text);
    }

    /** Tells from where a socket goes on after this answer without missing anything. */
    Call at(Position position) {
        headers().set("Continuo-Position", position.toString());
        return this;
    }

    /** An error of the table; being asked too often is told without a body (§12.2). */
    Future<Void> fail(Reply.Failure failure) {
        int status = failure.code().httpStatus();
        return switch (failure.code()) {
            case RATE_LIMIT_EXCEEDED -> retryAfter(1).empty(status);
            case SERVICE_UNAVAILABLE ->
                retryAfter(1).json(status, error(failure).encode());
            default -> json(status, error(failure).encode());
        };
    }

    JsonObject error(Reply.Failure failure) {
        return renderer.error(failure, user());
    }

    /** Too many come in: they may, after so many seconds. */
    Future<Void> failFor(int seconds, Reply.Failure failure) {
        return retryAfter(seconds)
                .json(failure.code().httpStatus(), error(failure).encode());
    }

    private Call retryAfter(int seconds) {
        headers().set(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
        return this;
    }

    private HttpServerResponse response(int status) {
        return context.response().setStatusCode(status);
    }

    private static BadRequest malformedBody(String message) {
        return new BadRequest(Reply.Failure.of(ErrorCode.INVALID_REQUEST, message));
    }
}
