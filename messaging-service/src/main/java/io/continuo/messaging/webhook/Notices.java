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
import io.continuo.common.model.ContainerId;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

    /** Which webhook events an event is. Of channels only their messages are told. */
    static List<WebhookEvent> kinds(Event event) {
        return switch (event) {
            case Event.ConversationCreated ignored -> List.of(CONVERSATION_CREATED);
            case Event.ConversationChanged changed ->
                Stream.of(PARTICIPANTS_UPDATED, METADATA_UPDATED)
                        .filter(kind -> !ContainerId.isChannel(changed.conversationId())
                                && !about(kind, changed).isEmpty())
                        .toList();
            case Event.ConversationDeleted deleted ->
                deleted.mode() == DeletionMode.ALL_PARTICIPANTS && !ContainerId.isChannel(deleted.conversationId())
                        ? List.of(CONVERSATION_DELETED)
                        : List.of();
            case Event.MessageCreated ignored -> List.of(MESSAGE_SENT);
            case Event.MessageDeleted deleted ->
                deleted.mode() == DeletionMode.ALL_PARTICIPANTS ? List.of(MESSAGE_DELETED) : List.of();
            case Event.ConversationReturned ignored -> List.of();
            case Event.PartChanged ignored -> List.of();
            case Event.ReceiptChanged receipt ->
                List.of(receipt.status() == ReceiptStatus.READ ? MESSAGE_READ : MESSAGE_DELIVERED);
            case Event.AllRead ignored -> List.of(MESSAGE_READ);
            case Event.ChannelCreated ignored -> List.of();
            case Event.MembershipCreated ignored -> List.of();
            case Event.MembershipDeleted ignored -> List.of();
            case Event.IdentityChanged ignored -> List.of();
            case Event.IdentityDeleted ignored -> List.of();
            case Event.Followed ignored -> List.of();
            case Event.Unfollowed ignored -> List.of();
            case Event.AnnouncementCreated ignored -> List.of();
            case Event.AnnouncementMarked ignored -> List.of();
            case Event.AnnouncementDeleted ignored -> List.of();
            case Event.ChangesLost ignored -> List.of();
            case Event.CanarySang ignored -> List.of();
        };
    }

    /** What webhooks are told of an event; nothing when its object is gone meanwhile. */
    Future<List<Notice>> of(EventRef ref, Event event) {
        return switch (event) {
            case Event.ConversationCreated created -> {
                Conversation conversation = created.conversation();
                yield told(CONVERSATION_CREATED, conversation.id(), CONVERSATION, to -> to.conversation(conversation));
            }
            case Event.ConversationChanged changed -> changed(changed);
            case Event.ConversationDeleted deleted -> {
                String id = deleted.conversationId();
                yield told(CONVERSATION_DELETED, id, CONVERSATION, to -> to.containerReference(id));
            }
            case Event.MessageCreated created -> {
                Message message = created.message();
                yield told(MESSAGE_SENT, message.id(), MESSAGE, to -> to.message(message));
            }
            case Event.MessageDeleted deleted -> {
                String id = deleted.messageId();
                yield told(MESSAGE_DELETED, id, MESSAGE, to -> to.messageReference(id, deleted.conversationId()));
            }
            case Event.PartChanged ignored -> Future.succeededFuture(List.of());
            case Event.ReceiptChanged receipt -> {
                EventRef.ReceiptChanged at = (EventRef.ReceiptChanged) ref;
                yield messages.read(List.of(new MessageStore.Place(at.conversationId(), at.position())))
                        .compose(stored -> received(stored, receipt.author(), receipt.status()));
            }
            case Event.AllRead read ->
                events.nowRead((EventRef.AllRead) ref)
                        .compose(stored -> received(stored, read.author(), ReceiptStatus.READ));
            case Event.ConversationReturned ignored -> Future.succeededFuture(List.of());
            case Event.ChannelCreated ignored -> Future.succeededFuture(List.of());
            case Event.MembershipCreated ignored -> Future.succeededFuture(List.of());
            case Event.MembershipDeleted ignored -> Future.succeededFuture(List.of());
            case Event.IdentityChanged ignored -> Future.succeededFuture(List.of());
            case Event.IdentityDeleted ignored -> Future.succeededFuture(List.of());
            case Event.Followed ignored -> Future.succeededFuture(List.of());
            case Event.Unfollowed ignored -> Future.succeededFuture(List.of());
            case Event.AnnouncementCreated ignored -> Future.succeededFuture(List.of());
            case Event.AnnouncementMarked ignored -> Future.succeededFuture(List.of());
            case Event.AnnouncementDeleted ignored -> Future.succeededFuture(List.of());
            case Event.ChangesLost ignored -> Future.succeededFuture(List.of());
            case Event.CanarySang ignored -> Future.succeededFuture(List.of());
        };
    }

    private static Future<List<Notice>> told(
            WebhookEvent event, String subject, String key, Function<Payload, Map<String, Object>> object) {
        return Future.succeededFuture(List.of(Notice.of(event, subject, key, object)));
    }

    private Future<List<Notice>> changed(Event.ConversationChanged changed) {
        String id = changed.conversationId();
        return events.resolve(List.of(new EventRef.ConversationCreated(id)))
                .map(found -> found.getFirst().stream()
                        .flatMap(now -> kinds(changed).stream()
                                .map(kind -> new Notice(
                                        kind,
                                        id,
                                        CONVERSATION,
                                        to -> to.conversation(((Event.ConversationCreated) now).conversation()),
                                        to -> to.changes(about(kind, changed)))))
                        .toList());
    }

    private static List<ConversationChange> about(WebhookEvent kind, Event.ConversationChanged changed) {
        return changed.changes().stream()
                .filter(change -> isAboutPeople(change) == (kind == PARTICIPANTS_UPDATED))
                .toList();
    }

    /** In the order in which the messages were sent. */
    private Future<List<Notice>> received(List<MessageStore.Stored> stored, String user, ReceiptStatus status) {
        WebhookEvent event = status == ReceiptStatus.READ ? MESSAGE_READ : MESSAGE_DELIVERED;
        return views.asSeenBy(user, stored)
                .map(seen -> seen.stream()
                        .sorted(Comparator.comparingLong(Message::position))
                        .map(message -> new Notice(
                                event,
                                message.id(),
                                MESSAGE,
                                to -> to.message(message),
                                to -> to.changes(user, status)))
                        .toList());
    }

    private static boolean isAboutPeople(ConversationChange change) {
        return switch (change) {
            case ConversationChange.AddParticipant add -> true;
            case ConversationChange.RemoveParticipant remove -> true;
            case ConversationChange.SetParticipants set -> true;
            case ConversationChange.SetMetadata set -> false;
            case ConversationChange.SetName set -> false;
            case ConversationChange.DeleteMetadata delete -> false;
        };
    }
}
