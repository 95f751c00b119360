package io.continuo.common.bus;

import java.util.Locale;

/** Layer's table of errors (protocol/layer.md §12.2). The constant's name in lower case is the error's id. */
public enum ErrorCode {
    SERVICE_UNAVAILABLE(1, 503),
    INVALID_APP_ID(2, 403),
    INVALID_REQUEST_ID(3, 400),
    AUTHENTICATION_REQUIRED(4, 401),
    APP_SUSPENDED(5, 403),
    USER_SUSPENDED(6, 403),
    RATE_LIMIT_EXCEEDED(7, 429),
    REQUEST_TIMEOUT(8, 408),
    INVALID_OPERATION(9, 422),
    INVALID_REQUEST(10, 400),
    INTERNAL_SERVER_ERROR(100, 500),
    ACCESS_DENIED(101, 403),
    NOT_FOUND(102, 404),
    MISSING_PROPERTY(104, 422),
    INVALID_PROPERTY(105, 422),
    INVALID_ENDPOINT(106, 404),
    INVALID_HEADER(107, 406),
    CONFLICT(108, 409),
    METHOD_NOT_ALLOWED(109, 405),
    PARTICIPANT_BLOCKED(110, 422),
    ID_IN_USE(111, 409);

    private final int code;
    private final int httpStatus;

    ErrorCode(int code, int httpStatus) {
        this.code = code;
        this.httpStatus = httpStatus;
    }

    public int code() {
        return code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** The id of the wire, such as {@code not_found}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
