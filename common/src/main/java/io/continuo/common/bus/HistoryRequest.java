package io.continuo.common.bus;

import io.continuo.common.event.Position;
import io.continuo.common.model.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What gateways ask about clients' histories, and where their events go. */
public sealed interface HistoryRequest extends MessagingRequest {

    /**
     * From now on deliveries to {@code user} go to {@code loop} too; answered by {@link Reply.Attached}, or a failure
     * with {@code AUTHENTICATION_REQUIRED} when the session is revoked.
     *
     * @param beganMs when the session began, milliseconds since the epoch
     * @param token grows with each attachment of the loop, so that a late detach cannot undo a newer one
     * @param since where the client was, or null when it starts at the tail
     */
    record Attach(
            String user,
            String sessionId,
            long beganMs,
            String loop,
            long token,
            @Nullable Position since) implements HistoryRequest {}

    /** Ends what {@link Attach} began, unless it was renewed since; answered by {@link Reply.Done}. */
    record Detach(String user, String loop, long token) implements HistoryRequest {}

    /**
     * A page of a client's history: {@link Reply.HistoryPage}.
     *
     * @param after exclusive; may lie inside an event's span
     * @param limit events, 1 to 500
     */
    record ReadHistory(String user, Position after, int limit) implements HistoryRequest {}

    /** The tails of some clients' histories, in the order asked: {@link Reply.Tails}. */
    record GetTails(List<String> users) implements HistoryRequest {}

    /**
     * What connections have written, for the ledgers of their clients (docs/operations.md): {@link Reply.Done}.
     *
     * @param progress of one connection each
     */
    record ReportProgress(List<Progress> progress) implements HistoryRequest {
        public ReportProgress {
            progress = List.copyOf(progress);
        }
    }

    /**
     * A stretch of a client's history that one connection has written without a gap.
     *
     * @param from the sequence before its first position
     * @param to the sequence of its last
     */
    record Progress(String user, long from, long to) {}

    /**
     * Tells a gateway loop's canary, which has attached like a client, that it has sung: on the way that every change
     * takes, through this partition's outbox. Answered by {@link Reply.Done} when it is stored.
     *
     * @param user of {@link UserId#canary}
     */
    record Sing(String user, int partition, long number) implements HistoryRequest {}
}
