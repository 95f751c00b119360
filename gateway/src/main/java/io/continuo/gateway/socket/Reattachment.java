package io.continuo.gateway.socket;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Position;
import io.continuo.common.event.Verdict;
import io.continuo.gateway.socket.frame.CloseCode;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Attaches once more whoever is here, from where the client stands: the loop is registered again, should Redis have
 * forgotten it, and the history tells whether it still holds what the client has had. A client that has had more is told
 * so, as one that resumes would be.
 */
final class Reattachment {
    private static final int FIRST_PAUSE_MS = 200;
    private static final int MOST_DOUBLINGS = 4;

    private final Loop loop;
    private final Attachment attachment;
    private final Supplier<Optional<Position>> stand;
    private final Consumer<Position> trust;
    private final BiConsumer<Reply.Attached, Verdict> restart;

    /**
     * @param stand the newest position that the client has had; empty when it wants no history
     * @param trust what to do when the history holds that: it is told the tail
     * @param restart what to do when it does not
     */
    Reattachment(
            Loop loop,
            Attachment attachment,
            Supplier<Optional<Position>> stand,
            Consumer<Position> trust,
            BiConsumer<Reply.Attached, Verdict> restart) {
        this.loop = loop;
        this.attachment = attachment;
        this.stand = stand;
        this.trust = trust;
        this.restart = restart;
    }

    /** Asks until there is an answer, or the attachment ends. Until then its feed rests. */
    void begin() {
        attempt(0);
    }

    /** The operation that tells a verdict. */
    static String resumed(Verdict verdict) {
        return "{\"method\":\"Session.resumed\",\"data\":{\"verdict\":\""
                + verdict.kind().wire() + "\",\"from\":\"" + verdict.from() + "\",\"to\":\"" + verdict.to() + "\"}}";
    }

    private void attempt(int failures) {
        loop.attach(attachment, stand.get()).onSuccess(reply -> {
            if (attachment.isClosed()) {
                return;
            }
            if (reply instanceof Reply.Attached attached) {
                end(attached);
            } else if (reply instanceof Reply.Failure failure && failure.code() == ErrorCode.AUTHENTICATION_REQUIRED) {
                attachment.close(CloseCode.SESSION_ENDED);
            } else {
                loop.vertx().setTimer(pause(failures), timer -> attemptAgain(failures + 1));
            }
        });
    }

    private void attemptAgain(int failures) {
        if (!attachment.isClosed()) {
            attempt(failures);
        }
    }

    private void end(Reply.Attached attached) {
        Verdict verdict = attached.verdict();
        if (verdict == null || verdict.kind() == Verdict.Kind.COMPLETE) {
            trust.accept(attached.tail());
        } else {
            restart.accept(attached, verdict);
        }
    }

    /** Half of it is chance, so that many connections do not ask at once. */
    private static long pause(int failures) {
        int longest = FIRST_PAUSE_MS << Math.min(failures, MOST_DOUBLINGS);
        return ThreadLocalRandom.current().nextInt(longest / 2, longest + 1);
    }
}
