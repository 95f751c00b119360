package io.continuo.messaging.conversation;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.model.Message;
import io.continuo.messaging.conversation.ReadStore.Standing;
import io.continuo.messaging.outbox.Outbox;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** How users read a whole conversation at once (protocol/layer.md §8.5, §13.4). */
public final class Reading {
    private final ReadStore store;
    private final Outbox outbox;

    public Reading(ReadStore store, Outbox outbox) {
        this.store = store;
        this.outbox = outbox;
    }

    /** Answers when the change has reached the reader's own counts. */
    public Future<Reply> markAll(ConversationRequest.MarkAllRead request) {
        Long position = request.position();
        Long to = position == null ? null : Math.max(position, 0) / Message.POSITION_STEP;
        return markAll(request.user(), request.conversationId(), to);
    }

    /**
     * What is left to read has to be counted. Mostly that is the few messages after the place; where they are many, the
     * mark goes forward in strides and what lies under each is counted.
     */
    private Future<Reply> markAll(String user, String id, @Nullable Long to) {
        return store.standing(user, id).compose(standing -> {
            if (to != null && standing.newest() - to > ReadStore.WINDOW) {
                return stride(user, id, to, standing);
            }
            return store.markUpTo(user, id, to, standing).compose(marking -> settle(user, id, to, marking, true));
        });
    }

    private Future<Reply> stride(String user, String id, long to, Standing standing) {
        boolean last = standing.read() + ReadStore.WINDOW >= to;
        return store.markNext(user, id, to, standing).compose(marking -> settle(user, id, to, marking, last));
    }

    private Future<Reply> settle(String user, String id, @Nullable Long to, ReadStore.Marking marking, boolean last) {
        return switch (marking) {
            case ReadStore.Marking.Marked marked -> {
                outbox.accepted(marked.accepted());
                yield last ? outbox.settled(marked.accepted()).map(Reply.Done.INSTANCE) : markAll(user, id, to);
            }
            case ReadStore.Marking.NoNews none ->
                last ? Future.succeededFuture(Reply.Done.INSTANCE) : markAll(user, id, to);
            case ReadStore.Marking.Outdated again -> markAll(user, id, to);
            case ReadStore.Marking.NeverTookPart never -> Future.succeededFuture(Conversations.UNKNOWN);
            case ReadStore.Marking.TakesPartNoMore former -> Future.succeededFuture(Conversations.LEFT);
        };
    }
}
