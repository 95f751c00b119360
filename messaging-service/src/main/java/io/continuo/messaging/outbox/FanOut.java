package io.continuo.messaging.outbox;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.InstanceRequest;
import io.continuo.common.event.Event;
import io.continuo.common.model.UserId;
import io.continuo.messaging.content.ContentUses;
import io.continuo.messaging.conversation.ChangeStore;
import io.continuo.messaging.conversation.MessageStore.Place;
import io.continuo.messaging.conversation.VeilStore;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.history.HistoryStore;
import io.continuo.messaging.history.HistoryStore.Target;
import io.continuo.messaging.outbox.Audience.Share;
import io.continuo.messaging.webhook.Webhooks;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings one accepted change into every history that it concerns and tells the gateways. May be repeated. */
public final class FanOut {
    private final EventBus bus;
    private final Events events;
    private final Audience audience;
    private final Lists lists;
    private final Followers followers;
    private final Recipients recipients;
    private final HistoryStore history;
    private final Deliveries deliveries;
    private final Losses losses;
    private final ChangeStore changes;
    private final VeilStore veils;
    private final ContentUses contents;
    private final Webhooks webhooks;

    public FanOut(
            EventBus bus,
            Events events,
            Audience audience,
            Lists lists,
            HistoryStore history,
            Followers followers,
            Recipients recipients,
            Deliveries deliveries,
            Losses losses,
            ChangeStore changes,
            VeilStore veils,
            ContentUses contents,
            Webhooks webhooks) {
        this.bus = bus;
        this.events = events;
        this.audience = audience;
        this.lists = lists;
        this.followers = followers;
        this.recipients = recipients;
        this.history = history;
        this.deliveries = deliveries;
        this.losses = losses;
        this.changes = changes;
        this.veils = veils;
        this.contents = contents;
        this.webhooks = webhooks;
    }

    /** @param event what {@code ref} points to, if it is at hand */
    Future<Void> run(int partition, long stamp, EventRef ref, @Nullable Event event) {
        // A change carries names of people, which its event at hand does not.
        if (event == null || event instanceof Event.ConversationChanged) {
            return events.resolve(ref)
                    .compose(resolved -> resolved.isEmpty()
                            ? Future.succeededFuture()
                            : everybody(partition, stamp, ref, resolved.get()));
        }
        events.remember(event);
        return everybody(partition, stamp, ref, event);
    }

    private Future<Void> everybody(int partition, long stamp, EventRef ref, Event event) {
        return spread(partition, stamp, ref, event)
                .compose(told -> followers.tell(event, users -> run(partition, stamp, Share.of(ref, event, users))))
                .compose(told -> recipients.tell(event, users -> run(partition, stamp, Share.of(ref, event, users))));
    }

    private Future<Void> spread(int partition, long stamp, EventRef ref, Event event) {
        return audience.of(ref, event)
                .compose(all -> {
                    Future<Void> done = Future.succeededFuture();
                    for (Share share : all) {
                        if (!share.targets().isEmpty()) {
                            done = done.compose(before -> run(partition, stamp, share));
                        }
                    }
                    Optional<String> app = webhooks.isNeeded() ? app(event, all) : Optional.empty();
                    return app.isEmpty()
                            ? done
                            : done.compose(told -> webhooks.note(partition, stamp, ref, event, app.get()));
                })
                .compose(told -> clean(ref));
    }

    /** The tag of the app in which an event happens: its people are all of one. Empty when there is nobody. */
    private static Optional<String> app(Event event, List<Share> shares) {
        return Stream.concat(
                        Stream.of(event.author()).filter(author -> !author.isEmpty()),
                        shares.stream()
                                .flatMap(share -> share.targets().stream())
                                .map(Target::user))
                .filter(user -> !UserId.isCanary(user))
                .findFirst()
                .map(UserId::app);
    }

    private Future<Void> run(int partition, long stamp, Share share) {
        Future<Optional<Event>> known =
                share.event().isPresent() ? Future.succeededFuture(share.event()) : events.resolve(share.ref());
        return known.compose(event -> event.isEmpty()
                ? Future.succeededFuture()
                : prepare(event.get(), share).compose(ready -> append(partition, stamp, share, event.get())));
    }

    private Future<Void> append(int partition, long stamp, Share share, Event event) {
        String sender = event instanceof Event.MessageCreated ? event.author() : "";
        return history.append(partition, stamp, share.ref(), sender, share.targets(), appended -> {
                    losses.heard(partition, stamp, appended);
                    deliveries.send(event, OutboxStore.acceptedMs(stamp), appended);
                })
                .compose(keptFrom -> hide(share.ref(), keptFrom));
    }

    /** What somebody was not told is not to be found by them either. */
    private Future<Void> hide(EventRef ref, List<String> users) {
        return ref instanceof EventRef.MessageCreated message && !users.isEmpty()
                ? veils.hideFrom(users, new Place(message.conversationId(), message.position()))
                : Future.succeededFuture();
    }

    /** Makes true what has to be true before clients hear of the event. */
    private Future<Void> prepare(Event event, Share share) {
        return switch (event) {
            case Event.ConversationCreated created -> lists.add(created.conversation(), users(share));
            case Event.ConversationReturned returned -> lists.add(returned.conversation(), users(share));
            case Event.ChannelCreated created -> lists.add(created, users(share));
            case Event.MembershipCreated created -> Future.succeededFuture();
            case Event.MembershipDeleted deleted -> Future.succeededFuture();
            case Event.ConversationDeleted deleted -> lists.remove(deleted.conversationId(), users(share));
            case Event.ConversationChanged changed -> Future.succeededFuture();
            case Event.MessageCreated created -> contents.use(created.message());
            case Event.MessageDeleted deleted -> Future.succeededFuture();
            case Event.PartChanged changed -> contents.use(changed.message());
            case Event.ReceiptChanged receipt -> Future.succeededFuture();
            case Event.AllRead read -> Future.succeededFuture();
            case Event.IdentityChanged changed -> Future.succeededFuture();
            case Event.IdentityDeleted deleted -> Future.succeededFuture();
            case Event.Followed followed -> Future.succeededFuture();
            case Event.Unfollowed unfollowed -> Future.succeededFuture();
            case Event.AnnouncementCreated created -> Future.succeededFuture();
            case Event.AnnouncementMarked marked -> Future.succeededFuture();
            case Event.AnnouncementDeleted deleted -> Future.succeededFuture();
            case Event.ChangesLost lost -> Future.succeededFuture();
            case Event.CanarySang sang -> Future.succeededFuture();
        };
    }

    private static List<String> users(Share share) {
        return share.targets().stream().map(Target::user).toList();
    }

    /** Lets go of what nobody can ask for any more, now that everybody has been told. */
    private Future<Void> clean(EventRef ref) {
        return switch (ref) {
            case EventRef.ChannelJoined joined -> Future.succeededFuture();
            case EventRef.ConversationDeleted deleted -> {
                audience.forget(deleted.conversationId());
                forgetEverywhere(deleted.conversationId(), 0);
                yield contents.release(deleted.conversationId())
                        .compose(released -> changes.purge(deleted.conversationId()));
            }
            case EventRef.MessageDeleted deleted -> {
                forgetEverywhere(deleted.conversationId(), deleted.position());
                Place place = new Place(deleted.conversationId(), deleted.position());
                yield contents.release(place)
                        .compose(released ->
                                changes.purge(deleted.conversationId(), deleted.messageId(), deleted.position()));
            }
            case EventRef.ConversationCreated created -> Future.succeededFuture();
            case EventRef.ConversationJoined joined -> Future.succeededFuture();
            case EventRef.ConversationCut cut -> Future.succeededFuture();
            case EventRef.ConversationReturned returned -> Future.succeededFuture();
            case EventRef.MessageHidden hidden -> Future.succeededFuture();
            case EventRef.ConversationChanged changed -> Future.succeededFuture();
            case EventRef.MessageCreated created -> Future.succeededFuture();
            case EventRef.PartChanged changed -> Future.succeededFuture();
            case EventRef.ReceiptChanged receipt -> Future.succeededFuture();
            case EventRef.AllRead read -> Future.succeededFuture();
            case EventRef.UserChanged changed -> Future.succeededFuture();
            case EventRef.AnnouncementCreated created -> Future.succeededFuture();
            case EventRef.ChangesLost lost -> Future.succeededFuture();
            case EventRef.CanarySang sang -> history.letFade(sang.user());
        };
    }

    private void forgetEverywhere(String conversation, long position) {
        bus.publish(Addresses.MESSAGING_INSTANCES, new InstanceRequest.Forget(conversation, position));
    }
}
