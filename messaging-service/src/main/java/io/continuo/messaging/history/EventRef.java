package io.continuo.messaging.history;

import io.continuo.common.event.Delivery;
import io.continuo.common.model.Message;
import io.continuo.common.model.ReceiptStatus;

/**
 * The pointer to an event that histories and the outbox store: a few dozen bytes instead of the event.
 *
 * <p>Its text is {@code <kind>:<conversation>[:<what>…]}, the conversation as a {@link ShortId} and a message as its
 * number in the conversation.
 */
public sealed interface EventRef {

    /** Bare UUID. */
    String conversationId();

    /** How it is stored. */
    String text();

    /** As {@link io.continuo.common.event.Event#span}. */
    int span(int unread);

    record ConversationCreated(String conversationId) implements EventRef {
        @Override
        public String text() {
            return "c:" + ShortId.of(conversationId);
        }

        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /** A message was sent. {@code position} is a multiple of {@link Message#POSITION_STEP}. */
    record MessageCreated(String conversationId, long position) implements EventRef {
        @Override
        public String text() {
            return "m:" + ShortId.of(conversationId) + ":" + position / Message.POSITION_STEP;
        }

        @Override
        public int span(int unread) {
            return 2;
        }
    }

    /** {@code user} has received or read a message. */
    record ReceiptChanged(String conversationId, long position, ReceiptStatus status, String user) implements EventRef {
        @Override
        public String text() {
            return "r:" + ShortId.of(conversationId) + ":" + position / Message.POSITION_STEP + ":"
                    + (status == ReceiptStatus.READ ? "r" : "d") + ":" + user;
        }

        @Override
        public int span(int unread) {
            return unread == Delivery.UNCHANGED ? 1 : 2;
        }
    }

    /** Reads what {@link #text} wrote. */
    static EventRef parse(String text) {
        String[] fields = text.split(":", 5);
        String conversation = ShortId.uuid(fields[1]);
        return switch (fields[0]) {
            case "c" -> new ConversationCreated(conversation);
            case "m" -> new MessageCreated(conversation, position(fields[2]));
            case "r" ->
                new ReceiptChanged(
                        conversation,
                        position(fields[2]),
                        fields[3].equals("r") ? ReceiptStatus.READ : ReceiptStatus.DELIVERED,
                        fields[4]);
            default -> throw new IllegalArgumentException("Not an event: " + text);
        };
    }

    private static long position(String number) {
        return Long.parseLong(number) * Message.POSITION_STEP;
    }
}
