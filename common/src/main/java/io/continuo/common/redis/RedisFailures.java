package io.continuo.common.redis;

import java.util.List;

/** What errors of Redis mean. Their first word tells. */
final class RedisFailures {
    /** Asked again, perhaps elsewhere, it may be done. */
    private static final List<String> FOR_A_MOMENT =
            List.of("READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS");

    private RedisFailures() {}

    static RedisDown down() {
        return new RedisDown("Redis is not reachable");
    }

    /** {@link RedisDown} if that is what it comes to. What was on its way when a connection broke may have been done. */
    static Throwable known(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        boolean broken = message.contains("CONNECTION_CLOSED") || message.contains("Connection is closed");
        return broken || FOR_A_MOMENT.contains(word(message)) ? down() : failure;
    }

    static boolean isOfAReplica(Throwable failure) {
        return word(String.valueOf(failure.getMessage())).equals("READONLY");
    }

    static boolean isUnknownScript(Throwable failure) {
        return word(String.valueOf(failure.getMessage())).equals("NOSCRIPT");
    }

    private static String word(String message) {
        int space = message.indexOf(' ');
        return space < 0 ? message : message.substring(0, space);
    }
}
