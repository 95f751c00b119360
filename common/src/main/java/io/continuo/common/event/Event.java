package io.continuo.common.event;

import io.continuo.common.model.Conversation;
import io.continuo.common.model.Message;
import io.continuo.common.model.ReceiptStatus;

/**
 * A fact that concerns a client, in no dialect. What a history stores of it is a pointer; this is the fact with
 * everything that a dialect needs to render it.
 *
 * <p>A fact shows as one or two change packets, each with a position of its own: {@link #span}.
 */
public sealed interface Event {

    /** The user whose doing this is. */
    String author();

    /**
     * How many positions, and so how many change packets, the event takes in a client's history.
     *
     * @param unread the client's new unread count, or {@link Delivery#UNCHANGED}
     */
    int span(int unread);

    /** A conversation came into being; as it was then, without messages. */
    record ConversationCreated(Conversation conversation, String author) implements Event {
        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /** A message was sent: its create, then the conversation's update (protocol/layer.md §5.3). */
    record MessageCreated(Message message) implements Event {
        @Override
        public String author() {
            return message.sender().userId();
        }

        @Override
        public int span(int unread) {
            return 2;
        }
    }

    /** A recipient's status moved forward; to the one who read, the conversation's unread count follows (§13.5). */
    record ReceiptChanged(String messageId, String conversationId, String author, ReceiptStatus status)
            implements Event {
        @Override
        public int span(int unread) {
            return unread == Delivery.UNCHANGED ? 1 : 2;
        }
    }
}
