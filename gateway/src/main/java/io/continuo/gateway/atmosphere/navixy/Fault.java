package io.continuo.gateway.atmosphere.navixy;

import io.continuo.common.bus.Reply;

/**
 * What a client is told of a request that fails (protocol/atmosphere.md §6.6).
 *
 * @param code of Navixy's table
 * @param detail what exactly is wrong; empty for nothing to add
 */
record Fault(int code, String description, String detail) {
    static final Fault WRONG_HASH = new Fault(3, "Wrong hash", "");
    static final Fault FORMAT = new Fault(5, "Wrong request format", "");
    static final Fault WRONG_METHOD = new Fault(112, "Wrong method", "");

    static final Fault ENDED = new Fault(4, "User or API key not found or session ended", "");
    static final Fault TOO_MANY = new Fault(15, "Rate limit exceeded", "Too many hashes on one connection.");

    static Fault format(String detail) {
        return new Fault(FORMAT.code, FORMAT.description, detail);
    }

    static Fault invalid(String detail) {
        return new Fault(7, "Invalid parameters", detail);
    }

    static Fault tooLarge(String detail) {
        return new Fault(9, "Too large request", detail);
    }

    /** What a service has refused. */
    static Fault of(Reply.Failure failure) {
        return switch (failure.code()) {
            case SERVICE_UNAVAILABLE, REQUEST_TIMEOUT -> new Fault(8, "Queue service error, try again later", "");
            case ACCESS_DENIED, APP_SUSPENDED, USER_SUSPENDED -> new Fault(11, "Access denied", "");
            case AUTHENTICATION_REQUIRED -> ENDED;
            case RATE_LIMIT_EXCEEDED -> new Fault(15, "Rate limit exceeded", "");
            default -> new Fault(6, "Unexpected error", "");
        };
    }

    /** For faults on the way from the request's text to what it asks for. */
    static final class Thrown extends RuntimeException {
        private final transient Fault fault;

        Thrown(Fault fault) {
            super(fault.description, null, false, false);
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }
    }

    Thrown thrown() {
        return new Thrown(this);
    }
}
