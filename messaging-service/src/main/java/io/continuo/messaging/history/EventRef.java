package io.continuo.messaging.history;

import io.continuo.common.event.Delivery;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.model.Message;
import io.continuo.common.model.PartChange;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.messaging.conversation.StoredJson;
import java.util.Map;

/**
 * The pointer to an event that histories and the outbox store: a few dozen bytes instead of the event.
 *
 * <p>Its text is {@code <kind>:<conversation>[:<what>…]}, the conversation as a {@link ShortId} and a message as its
 * number in the conversation; or {@code u:<number>:<user>} for what is a user's and no conversation's.
 */
public sealed interface EventRef {

    /** What happens in a conversation, or in a channel. */
    sealed interface InConversation extends EventRef {
        /** Of {@link ContainerId}. */
        String conversationId();
    }

    /** How it is stored. */
    String text();

    /** As {@link io.continuo.common.event.Event#span}. */
    default int span(int unread) {
        return 1;
    }

    record ConversationCreated(String conversationId) implements InConversation {
        @Override
        public String text() {
            return "c:" + ShortId.of(conversationId);
        }
    }

    /** Somebody was added: to them the conversation is new. {@code position} is that of its newest message, or 0. */
    record ConversationJoined(String conversationId, long position, int total) implements InConversation {
        @Override
        public String text() {
            return "j:" + ShortId.of(conversationId) + ":" + number(position) + ":" + total;
        }
    }

    /** {@code by} made somebody a member of a channel: to them it is new. {@code joinedAt}: ms since the epoch. */
    record ChannelJoined(String conversationId, long joinedAt, String by) implements InConversation {
        @Override
        public String text() {
            return "k:" + ShortId.of(conversationId) + ":" + joinedAt + ":" + by;
        }
    }

    /** Metadata or participants have changed; {@code stamp} names the change. */
    record ConversationChanged(String conversationId, long stamp) implements InConversation {
        @Override
        public String text() {
            return "p:" + ShortId.of(conversationId) + ":" + stamp;
        }

        /** When it was changed, milliseconds since the epoch. */
        public long timeMs() {
            return stamp / 1_024;
        }
    }

    record ConversationDeleted(String conversationId, DeletionMode mode) implements InConversation {
        @Override
        public String text() {
            return "x:" + ShortId.of(conversationId) + ":" + (mode == DeletionMode.MY_DEVICES ? "m" : "a");
        }
    }

    /**
     * A message was sent. {@code position} is a multiple of {@link Message#POSITION_STEP}.
     *
     * @param total left out in the text where it equals the number of the message, as long as none was deleted
     * @param fewer in the outbox: user → how many messages of the conversation they do not see
     */
    record MessageCreated(String conversationId, long position, int total, Map<String, Object> fewer)
            implements InConversation {
        public MessageCreated {
            fewer = Map.copyOf(fewer);
        }

        public MessageCreated(String conversationId, long position, int total) {
            this(conversationId, position, total, Map.of());
        }

        @Override
        public String text() {
            String text = "m:" + ShortId.of(conversationId) + ":" + number(position);
            if (fewer.isEmpty()) {
                return total == number(position) ? text : text + ":" + total;
            }
            return text + ":" + total + ":" + StoredJson.text(fewer);
        }

        @Override
        public int span(int unread) {
            return ContainerId.isChannel(conversationId) ? 1 : 2;
        }
    }

    /**
     * A message is gone. {@code lastMessageId} is empty when none is left.
     *
     * @param others in the outbox: user who does not see the whole conversation → {@code <total>:<last message>} for them,
     *     or nothing when they did not see the message
     */
    record MessageDeleted(
            String conversationId,
            long position,
            int total,
            String messageId,
            String lastMessageId,
            Map<String, Object> others)
            implements InConversation {
        public MessageDeleted {
            others = Map.copyOf(others);
        }

        public MessageDeleted(String conversationId, long position, int total, String messageId, String lastMessageId) {
            this(conversationId, position, total, messageId, lastMessageId, Map.of());
        }

        @Override
        public String text() {
            String text = "d:" + ShortId.of(conversationId) + ":" + number(position) + ":" + total + ":" + messageId
                    + ":" + lastMessageId;
            return others.isEmpty() ? text : text + ":" + StoredJson.text(others);
        }

        @Override
        public int span(int unread) {
            return ContainerId.isChannel(conversationId) ? 1 : 2;
        }
    }

    /** A part of a message has changed; what it is now stands with the message. */
    record PartChanged(String conversationId, long position, PartChange change, String partId, String author)
            implements InConversation {
        @Override
        public String text() {
            return "e:" + ShortId.of(conversationId) + ":" + number(position) + ":" + letter(change) + ":"
                    + ShortId.of(partId) + ":" + author;
        }

        @Override
        public int span(int unread) {
            return change.span();
        }
    }

    /** {@code user} has received or read a message. */
    record ReceiptChanged(String conversationId, long position, ReceiptStatus status, String user)
            implements InConversation {
        @Override
        public String text() {
            return "r:" + ShortId.of(conversationId) + ":" + number(position) + ":"
                    + (status == ReceiptStatus.READ ? "r" : "d") + ":" + user;
        }

        @Override
        public int span(int unread) {
            return unread == Delivery.UNCHANGED ? 1 : 2;
        }
    }

    /** In the outbox: {@code user} has deleted the conversation, and is to get a {@link ConversationDeleted}. */
    record ConversationCut(String conversationId, String user) implements InConversation {
        @Override
        public String text() {
            return "y:" + ShortId.of(conversationId) + ":" + user;
        }
    }

    /** {@code user} had deleted the conversation, and somebody has written. */
    record ConversationReturned(String conversationId, long cut, String user) implements InConversation {
        @Override
        public String text() {
            return "b:" + ShortId.of(conversationId) + ":" + number(cut) + ":" + user;
        }

        @Override
        public int span(int unread) {
            return 2;
        }
    }

    /** {@code user} has deleted a message for themselves; {@code unread} whether it was so. */
    record MessageHidden(
            String conversationId,
            long position,
            int total,
            boolean unread,
            String messageId,
            String lastMessageId,
            String user)
            implements InConversation {
        @Override
        public String text() {
            return "h:" + ShortId.of(conversationId) + ":" + number(position) + ":" + total + ":" + (unread ? "u" : "r")
                    + ":" + messageId + ":" + lastMessageId + ":" + user;
        }

        @Override
        public int span(int unread) {
            return 2;
        }
    }

    /**
     * {@code user} has read everything in {@code (from, to]}.
     *
     * @param exact whether {@code count} is what is left to read, or what is not any more
     */
    record AllRead(String conversationId, long from, long to, boolean exact, int count, String user)
            implements InConversation {
        @Override
        public String text() {
            return "a:" + ShortId.of(conversationId) + ":" + number(from) + ":" + number(to) + ":" + (exact ? "=" : "-")
                    + count + ":" + user;
        }

        @Override
        public int span(int unread) {
            return unread == Delivery.UNCHANGED ? 1 : 2;
        }
    }

    /** A change of a user's profile, or of whom the user follows; {@code number} names it among the user's changes. */
    record UserChanged(String user, long number) implements EventRef {
        @Override
        public String text() {
            return "u:" + number + ":" + user;
        }
    }

    /** An app tells some of its users something. */
    record AnnouncementCreated(String announcementId) implements EventRef {
        @Override
        public String text() {
            return "n:" + ShortId.of(announcementId);
        }
    }

    /** Redis has lost changes that {@code user} has heard of. */
    record ChangesLost(String user) implements EventRef {
        @Override
        public String text() {
            return "l:" + user;
        }
    }

    /** A gateway loop makes sure that events arrive. */
    record CanarySang(String user, long number) implements EventRef {
        @Override
        public String text() {
            return "z:" + number + ":" + user;
        }
    }

    /** Reads what {@link #text} wrote. */
    static EventRef parse(String text) {
        if (text.startsWith("z:")) {
            String[] fields = text.split(":", 3);
            return new CanarySang(fields[2], Long.parseLong(fields[1]));
        }
        if (text.startsWith("u:")) {
            String[] fields = text.split(":", 3);
            return new UserChanged(fields[2], Long.parseLong(fields[1]));
        }
        if (text.startsWith("l:")) {
            return new ChangesLost(text.substring(2));
        }
        if (text.startsWith("n:")) {
            return new AnnouncementCreated(ShortId.full(text.substring(2)));
        }
        String[] fields = text.split(":", -1);
        String conversation = ShortId.full(fields[1]);
        return switch (fields[0]) {
            case "c" -> new ConversationCreated(conversation);
            case "j" -> new ConversationJoined(conversation, position(fields[2]), Integer.parseInt(fields[3]));
            case "k" -> new ChannelJoined(conversation, Long.parseLong(fields[2]), text.split(":", 4)[3]);
            case "p" -> new ConversationChanged(conversation, Long.parseLong(fields[2]));
            case "x" ->
                new ConversationDeleted(
                        conversation, fields[2].equals("m") ? DeletionMode.MY_DEVICES : DeletionMode.ALL_PARTICIPANTS);
            case "m" ->
                new MessageCreated(
                        conversation,
                        position(fields[2]),
                        Integer.parseInt(fields.length > 3 ? fields[3] : fields[2]),
                        map(text, fields, 4));
            case "d" ->
                new MessageDeleted(
                        conversation,
                        position(fields[2]),
                        Integer.parseInt(fields[3]),
                        fields[4],
                        fields[5],
                        map(text, fields, 6));
            case "y" -> new ConversationCut(conversation, text.split(":", 3)[2]);
            case "b" -> new ConversationReturned(conversation, position(fields[2]), text.split(":", 4)[3]);
            case "h" ->
                new MessageHidden(
                        conversation,
                        position(fields[2]),
                        Integer.parseInt(fields[3]),
                        fields[4].equals("u"),
                        fields[5],
                        fields[6],
                        text.split(":", 8)[7]);
            case "e" ->
                new PartChanged(
                        conversation,
                        position(fields[2]),
                        partChange(fields[3]),
                        ShortId.full(fields[4]),
                        text.split(":", 6)[5]);
            case "r" ->
                new ReceiptChanged(
                        conversation,
                        position(fields[2]),
                        fields[3].equals("r") ? ReceiptStatus.READ : ReceiptStatus.DELIVERED,
                        text.split(":", 5)[4]);
            case "a" ->
                new AllRead(
                        conversation,
                        position(fields[2]),
                        position(fields[3]),
                        fields[4].startsWith("="),
                        Integer.parseInt(fields[4].substring(1)),
                        text.split(":", 6)[5]);
            default -> throw new IllegalArgumentException("Not an event: " + text);
        };
    }

    private static Map<String, Object> map(String text, String[] fields, int at) {
        return fields.length > at ? StoredJson.map(text.split(":", at + 1)[at]) : Map.of();
    }

    private static char letter(PartChange change) {
        return switch (change) {
            case ADDED -> 'a';
            case EDITED -> 'e';
            case REPLACED -> 'c';
            case REMOVED -> 'r';
        };
    }

    private static PartChange partChange(String letter) {
        return switch (letter) {
            case "a" -> PartChange.ADDED;
            case "e" -> PartChange.EDITED;
            case "c" -> PartChange.REPLACED;
            case "r" -> PartChange.REMOVED;
            default -> throw new IllegalArgumentException("Not a change of a part: " + letter);
        };
    }

    private static long number(long position) {
        return position / Message.POSITION_STEP;
    }

    private static long position(String number) {
        return Long.parseLong(number) * Message.POSITION_STEP;
    }
}
