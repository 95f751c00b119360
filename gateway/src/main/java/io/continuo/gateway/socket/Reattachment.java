package io.continuo.gateway.socket;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Verdict;
import io.continuo.gateway.socket.feed.Feed;
import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.socket.frame.SocketWriter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Attaches an open connection once more, from where its client stands: the loop is registered again, should Redis have
 * forgotten it, and the history tells whether it still holds what the client has had. A client that has had more is told
 * so, as one that resumes would be.
 */
final class Reattachment {
    private static final int FIRST_PAUSE_MS = 200;
    private static final int MOST_DOUBLINGS = 4;

    private final Loop loop;
    private final Connection connection;
    private final Feed feed;
    private final SocketWriter writer;

    Reattachment(Loop loop, Connection connection, Feed feed, SocketWriter writer) {
        this.loop = loop;
        this.connection = connection;
        this.feed = feed;
        this.writer = writer;
    }

    /** Asks until there is an answer, or the connection ends. Until then the feed rests. */
    void begin() {
        attempt(0);
    }

    /** The operation that tells a verdict. */
    static String resumed(Verdict verdict) {
        return "{\"method\":\"Session.resumed\",\"data\":{\"verdict\":\""
                + verdict.kind().wire() + "\",\"from\":\"" + verdict.from() + "\",\"to\":\"" + verdict.to() + "\"}}";
    }

    private void attempt(int failures) {
        loop.attach(connection, Optional.of(feed.reached())).onSuccess(reply -> {
            if (connection.isClosed()) {
                return;
            }
            if (reply instanceof Reply.Attached attached) {
                end(attached);
            } else if (reply instanceof Reply.Failure failure && failure.code() == ErrorCode.AUTHENTICATION_REQUIRED) {
                connection.close(CloseCode.SESSION_ENDED);
            } else {
                loop.vertx().setTimer(pause(failures), timer -> attemptAgain(failures + 1));
            }
        });
    }

    private void attemptAgain(int failures) {
        if (!connection.isClosed()) {
            attempt(failures);
        }
    }

    private void end(Reply.Attached attached) {
        Verdict verdict = attached.verdict();
        if (verdict == null || verdict.kind() == Verdict.Kind.COMPLETE) {
            feed.trust(attached.tail());
            return;
        }
        loop.metrics().verdict(verdict.kind());
        feed.restart(attached.start(), attached.tail());
        feed.when(attached.tail(), () -> writer.operation(resumed(verdict)));
    }

    /** Half of it is chance, so that many connections do not ask at once. */
    private static long pause(int failures) {
        int longest = FIRST_PAUSE_MS << Math.min(failures, MOST_DOUBLINGS);
        return ThreadLocalRandom.current().nextInt(longest / 2, longest + 1);
    }
}
