package io.continuo.messaging.conversation;

import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.UserId;
import io.continuo.messaging.conversation.MessageStore.Place;
import io.continuo.messaging.identity.Identities;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes messages of what is stored: as they were when they were sent, or as one user sees them now. */
public final class MessageViews {
    private final ReceiptStore receipts;
    private final EditStore edits;
    private final Identities identities;

    public MessageViews(ReceiptStore receipts, EditStore edits, Identities identities) {
        this.receipts = receipts;
        this.edits = edits;
        this.identities = identities;
    }

    /** The messages as they were created: nobody but the sender has read them. */
    public Future<List<Message>> asSent(List<MessageStore.Stored> messages) {
        return withSenders(
                messages,
                messages.stream()
                        .map(message -> Map.<String, ReceiptStatus>of())
                        .toList(),
                "");
    }

    /** The messages as {@code reader} sees them now. */
    public Future<List<Message>> asSeenBy(String reader, List<MessageStore.Stored> messages) {
        List<Place> places = messages.stream().map(MessageStore.Stored::place).toList();
        Future<Map<Place, EditStore.Edit>> changed = edits.read(places);
        String who = UserId.isBackend(reader) ? "" : reader;
        return receipts.statuses(messages, who)
                .compose(statuses -> withSenders(messages, statuses, who))
                .compose(views -> changed.map(edited -> now(views, edited)));
    }

    private static List<Message> now(List<Message> messages, Map<Place, EditStore.Edit> edits) {
        return messages.stream()
                .map(message -> {
                    EditStore.Edit edit = edits.get(new Place(message.conversationId(), message.position()));
                    return edit == null ? message : message.with(edit.parts(), edit.at());
                })
                .toList();
    }

    private Future<List<Message>> withSenders(
            List<MessageStore.Stored> messages, List<Map<String, ReceiptStatus>> statuses, String reader) {
        List<String> senders =
                messages.stream().map(MessageStore.Stored::sender).toList();
        return identities.people(senders).map(people -> {
            List<Message> views = new ArrayList<>(messages.size());
            for (int i = 0; i < messages.size(); i++) {
                views.add(view(messages.get(i), people.get(i), statuses.get(i), reader));
            }
            return views;
        });
    }

    private static Message view(
            MessageStore.Stored message, Person sender, Map<String, ReceiptStatus> statuses, String reader) {
        Map<String, ReceiptStatus> recipients = atFirst(message.sender(), message.recipients());
        statuses.forEach((user, status) -> {
            boolean shown = recipients.containsKey(user) || user.equals(reader);
            if (shown && !user.equals(message.sender())) {
                recipients.put(user, status);
            }
        });
        boolean cameLater =
                !message.recipients().isEmpty() && !message.recipients().contains(reader);
        if (!reader.isEmpty() && cameLater) {
            recipients.put(reader, ReceiptStatus.READ);
        }
        return new Message(
                message.id(),
                message.place().conversation(),
                message.place().position(),
                sender,
                message.sentAt(),
                message.parts(),
                recipients,
                0,
                message.notification());
    }

    /**
     * Everybody's status at the moment of sending (protocol/layer.md §7.3). A backend may send in the name of one who does not
     * take part.
     */
    static Map<String, ReceiptStatus> atFirst(String sender, List<String> recipients) {
        Map<String, ReceiptStatus> statuses = new HashMap<>();
        recipients.forEach(user -> statuses.put(user, ReceiptStatus.SENT));
        if (recipients.isEmpty() ? !UserId.isNameOnly(sender) : recipients.contains(sender)) {
            statuses.put(sender, ReceiptStatus.READ);
        }
        return statuses;
    }
}
