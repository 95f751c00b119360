package io.continuo.messaging.webhook;

import static io.continuo.messaging.webhook.WebhookEvent.CONVERSATION_CREATED;
import static io.continuo.messaging.webhook.WebhookEvent.CONVERSATION_DELETED;
import static io.continuo.messaging.webhook.WebhookEvent.MESSAGE_DELETED;
import static io.continuo.messaging.webhook.WebhookEvent.MESSAGE_DELIVERED;
import static io.continuo.messaging.webhook.WebhookEvent.MESSAGE_READ;
import static io.continuo.messaging.webhook.WebhookEvent.MESSAGE_SENT;
import static io.continuo.messaging.webhook.WebhookEvent.METADATA_UPDATED;
import static io.continuo.messaging.webhook.WebhookEvent.PARTICIPANTS_UPDATED;

import io.continuo.common.event.Event;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.model.Message;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.messaging.conversation.MessageStore;
import io.continuo.messaging.conversation.MessageViews;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.outbox.Events;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes notices of events; what is gone for one user only is nothing to webhooks (protocol/layer.md §14.2). */
final class Notices {
    private static final String MESSAGE = "message";
    private static final String CONVERSATION = "conversation";

    private final Events events;
    private final MessageStore messages;
    private final MessageViews views;

    Notices(Events events, MessageStore messages, MessageViews views) {
        this.events = events;
        this.messages = messages;
        this.views = views;
    }

    /** Which webhook events an event is. */
    static List<WebhookEvent> kinds(Event event) {
        return switch (event) {
            case Event.ConversationCreated created -> List.of(CONVERSATION_CREATED);
            case Event.ConversationChanged changed ->
                Stream.of(PARTICIPANTS_UPDATED, METADATA_UPDATED)
                        .filter(kind -> !about(kind, changed).isEmpty())
                        .toList();
            case Event.ConversationDeleted deleted ->
                deleted.mode() == DeletionMode.ALL_PARTICIPANTS ? List.of(CONVERSATION_DELETED) : List.of();
            case Event.MessageCreated created -> List.of(MESSAGE_SENT);
            case Event.MessageDeleted deleted -> List.of(MESSAGE_DELETED);
            case Event.ReceiptChanged receipt ->
                List.of(receipt.status() == ReceiptStatus.READ ? MESSAGE_READ : MESSAGE_DELIVERED);
            case Event.IdentityChanged ignored -> List.of();
            case Event.IdentityDeleted ignored -> List.of();
            case Event.Followed ignored -> List.of();
            case Event.Unfollowed ignored -> List.of();
        };
    }

    /** What webhooks are told of an event; nothing when its object is gone meanwhile. */
    Future<List<Notice>> of(EventRef ref, Event event) {
        return switch (event) {
            case Event.ConversationCreated created -> told(CONVERSATION_CREATED, created.conversation());
            case Event.ConversationChanged changed -> changed(changed);
            case Event.ConversationDeleted deleted ->
                told(Notice.of(
                        CONVERSATION_DELETED,
                        CONVERSATION,
                        payload -> payload.conversationReference(deleted.conversationId())));
            case Event.MessageCreated created ->
                told(Notice.of(MESSAGE_SENT, MESSAGE, payload -> payload.message(created.message())));
            case Event.MessageDeleted deleted ->
                told(Notice.of(
                        MESSAGE_DELETED,
                        MESSAGE,
                        payload -> payload.messageReference(deleted.messageId(), deleted.conversationId())));
            case Event.ReceiptChanged receipt -> received((EventRef.ReceiptChanged) ref, receipt);
            case Event.IdentityChanged ignored -> Future.succeededFuture(List.of());
            case Event.IdentityDeleted ignored -> Future.succeededFuture(List.of());
            case Event.Followed ignored -> Future.succeededFuture(List.of());
            case Event.Unfollowed ignored -> Future.succeededFuture(List.of());
        };
    }

    private static Future<List<Notice>> told(Notice notice) {
        return Future.succeededFuture(List.of(notice));
    }

    private static Future<List<Notice>> told(WebhookEvent event, Conversation conversation) {
        return told(Notice.of(event, CONVERSATION, payload -> payload.conversation(conversation)));
    }

    private Future<List<Notice>> changed(Event.ConversationChanged changed) {
        EventRef whole = new EventRef.ConversationCreated(changed.conversationId());
        return events.resolve(List.of(whole))
                .map(found -> found.getFirst().stream()
                        .flatMap(now -> kinds(changed).stream()
                                .map(kind -> new Notice(
                                        kind,
                                        CONVERSATION,
                                        payload -> payload.conversation(conversation(now)),
                                        payload -> payload.changes(about(kind, changed)))))
                        .toList());
    }

    private static Conversation conversation(Event created) {
        return ((Event.ConversationCreated) created).conversation();
    }

    private static List<ConversationChange> about(WebhookEvent kind, Event.ConversationChanged changed) {
        return changed.changes().stream()
                .filter(change -> isAboutPeople(change) == (kind == PARTICIPANTS_UPDATED))
                .toList();
    }

    private static boolean isAboutPeople(ConversationChange change) {
        return switch (change) {
            case ConversationChange.AddParticipant add -> true;
            case ConversationChange.RemoveParticipant remove -> true;
            case ConversationChange.SetParticipants set -> true;
            case ConversationChange.SetMetadata set -> false;
            case ConversationChange.DeleteMetadata delete -> false;
        };
    }

    private Future<List<Notice>> received(EventRef.ReceiptChanged ref, Event.ReceiptChanged receipt) {
        return message(ref, receipt.author())
                .map(found -> found.stream()
                        .map(message -> new Notice(
                                kinds(receipt).getFirst(),
                                MESSAGE,
                                payload -> payload.message(message),
                                payload -> payload.changes(receipt.author(), receipt.status())))
                        .toList());
    }

    private Future<Optional<Message>> message(EventRef.ReceiptChanged ref, String reader) {
        return messages.read(List.of(new MessageStore.Place(ref.conversationId(), ref.position())))
                .compose(stored -> views.asSeenBy(reader, stored))
                .map(seen -> seen.stream().findFirst());
    }
}
