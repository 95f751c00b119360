package io.continuo.messaging;

import io.continuo.common.admin.Readiness;
import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.Listening;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.TimelyRequests;
import io.continuo.common.bus.UnderWay;
import io.continuo.common.canary.Proof;
import io.continuo.common.canary.ServiceCanary;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.LimitSettings;
import io.continuo.common.settings.Settings;
import io.continuo.common.trace.Trace;
import io.continuo.messaging.account.Accounts;
import io.continuo.messaging.account.Blocks;
import io.continuo.messaging.account.PushTokens;
import io.continuo.messaging.announcement.AnnouncementStore;
import io.continuo.messaging.announcement.AnnouncementViews;
import io.continuo.messaging.announcement.Announcements;
import io.continuo.messaging.content.ContentStore;
import io.continuo.messaging.content.ContentUses;
import io.continuo.messaging.content.Contents;
import io.continuo.messaging.conversation.ChangeStore;
import io.continuo.messaging.conversation.Changes;
import io.continuo.messaging.conversation.ChannelStore;
import io.continuo.messaging.conversation.Channels;
import io.continuo.messaging.conversation.ConversationStore;
import io.continuo.messaging.conversation.Conversations;
import io.continuo.messaging.conversation.EditStore;
import io.continuo.messaging.conversation.MessageStore;
import io.continuo.messaging.conversation.MessageViews;
import io.continuo.messaging.conversation.Messages;
import io.continuo.messaging.conversation.NewMessages;
import io.continuo.messaging.conversation.Parts;
import io.continuo.messaging.conversation.ReadStore;
import io.continuo.messaging.conversation.Reading;
import io.continuo.messaging.conversation.ReceiptStore;
import io.continuo.messaging.conversation.VeilStore;
import io.continuo.messaging.history.Audit;
import io.continuo.messaging.history.Histories;
import io.continuo.messaging.history.HistoryStore;
import io.continuo.messaging.history.Ledgers;
import io.continuo.messaging.history.Rollbacks;
import io.continuo.messaging.identity.Following;
import io.continuo.messaging.identity.Identities;
import io.continuo.messaging.identity.Profiles;
import io.continuo.messaging.identity.Relations;
import io.continuo.messaging.identity.SessionLife;
import io.continuo.messaging.identity.Sessions;
import io.continuo.messaging.identity.UserChangeStore;
import io.continuo.messaging.login.Logins;
import io.continuo.messaging.outbox.Audience;
import io.continuo.messaging.outbox.Canaries;
import io.continuo.messaging.outbox.Deliveries;
import io.continuo.messaging.outbox.Events;
import io.continuo.messaging.outbox.FanOut;
import io.continuo.messaging.outbox.Followers;
import io.continuo.messaging.outbox.Lists;
import io.continuo.messaging.outbox.Losses;
import io.continuo.messaging.outbox.Outbox;
import io.continuo.messaging.outbox.OutboxMetrics;
import io.continuo.messaging.outbox.Recipients;
import io.continuo.messaging.outbox.UserEvents;
import io.continuo.messaging.outbox.UserOutbox;
import io.continuo.messaging.schedule.Schedule;
import io.continuo.messaging.webhook.Webhooks;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One instance of the messaging service and its composition root. Deploy as many as there are cores to spare, on as
 * many nodes as wanted; they share the partitions among themselves.
 */
public final class MessagingVerticle extends VerticleBase {
    private final Settings settings;
    private final String instance;
    private final MeterRegistry meters;
    private final Proof proof;
    private @Nullable Listening<MessagingRequest> listening;
    private @Nullable ServiceCanary canary;
    private final UnderWay underWay = new UnderWay();
    private @Nullable RedisLink redis;
    private @Nullable Outbox outbox;
    private @Nullable Webhooks webhooks;
    private @Nullable Operations operations;

    /**
     * @param instance unique among the living; in a cluster the id of the process and a dot come first. When a process
     *     always takes the same name, it resumes its partitions at once after a crash
     * @param meters where it counts what it does
     */
    public MessagingVerticle(Settings settings, String instance, MeterRegistry meters, Proof proof) {
        this.settings = settings;
        this.instance = instance;
        this.meters = meters;
        this.proof = proof;
    }

    /** Nobody asks whether it works. */
    public MessagingVerticle(Settings settings, String instance, MeterRegistry meters) {
        this(settings, instance, meters, new Proof("messaging", settings.node().canaryLate(), new Readiness(), meters));
    }

    @Override
    public Future<?> start() {
        return RedisLink.open(vertx, settings.redis(), meters).compose(link -> {
            redis = link;
            TimelyRequests<MessagingRequest> requests = new TimelyRequests<>(vertx, meters, this::answer);
            Outbox started = compose(link, requests);
            Listening<MessagingRequest> ears = new Listening<>(vertx, requests);
            listening = ears;
            String own = Addresses.messaging(instance);
            ServiceCanary proving = new ServiceCanary(
                    vertx, proof, own, new HistoryRequest.GetTails(List.of()), List.of(ears, started.listening()));
            canary = proving;
            return Future.join(ears.at(Addresses.MESSAGING), ears.at(Addresses.MESSAGING_INSTANCES), ears.at(own))
                    .compose(reachable -> Objects.requireNonNull(webhooks).start())
                    .compose(known -> started.start())
                    .onSuccess(serving -> proving.start());
        });
    }

    @Override
    public Future<?> stop() {
        if (canary != null) {
            canary.stop();
        }
        Future<Void> retired = listening == null ? Future.succeededFuture() : listening.retire();
        Future<Void> released = outbox == null ? Future.succeededFuture() : outbox.stop();
        return retired.eventually(() -> released)
                .eventually(underWay::none)
                .eventually(() -> webhooks == null ? Future.succeededFuture() : webhooks.stop())
                .eventually(() -> redis == null ? Future.succeededFuture() : redis.close());
    }

    private Outbox compose(RedisLink link, TimelyRequests<MessagingRequest> requests) {
        LimitSettings limits = settings.limits();
        Partitions partitions = new Partitions(settings.redis().partitions());
        Identities identities = new Identities(link);
        Relations relations = new Relations(link);
        UserChangeStore userChanges =
                new UserChangeStore(link, settings.history().retention());
        Blocks blocks = new Blocks(link);
        Ledgers ledgers = new Ledgers(link, partitions);
        HistoryStore history = new HistoryStore(link, settings.history(), ledgers);
        ConversationStore conversations = new ConversationStore(link, partitions);
        ChangeStore changes =
                new ChangeStore(link, partitions, settings.history().retention());
        ChannelStore channels = new ChannelStore(link, partitions);
        VeilStore veils = new VeilStore(link, partitions);
        MessageStore messages = new MessageStore(link, partitions, veils);
        EditStore edits = new EditStore(link, partitions);
        ReceiptStore receipts = new ReceiptStore(link, partitions);
        MessageViews views = new MessageViews(receipts, edits, identities);

        ContentStore contents = new ContentStore(link, partitions);
        AnnouncementStore announcements = new AnnouncementStore(link, partitions);
        AnnouncementViews announcementViews = new AnnouncementViews(announcements, identities);
        UserEvents userEvents = new UserEvents(userChanges, identities);
        Events events = new Events(
                conversations, channels, changes, messages, edits, views, identities, userEvents, announcementViews);
        Audience audience = new Audience(conversations, changes, messages, receipts, events, limits);
        Lists lists = new Lists(link, conversations, relations, limits);
        String label = instance.substring(instance.lastIndexOf('.') + 1);
        OutboxMetrics outboxMetrics = new OutboxMetrics(meters, label);
        Deliveries deliveries = new Deliveries(vertx.eventBus(), history, outboxMetrics);
        Webhooks hooks = new Webhooks(vertx, link, settings, label, events, messages, views, identities, meters);
        Rollbacks rollbacks = new Rollbacks(meters);
        Losses losses = new Losses(link, history, rollbacks);
        FanOut fanOut = new FanOut(
                vertx.eventBus(),
                events,
                audience,
                lists,
                history,
                new Followers(relations),
                new Recipients(announcements),
                deliveries,
                losses,
                changes,
                veils,
                new ContentUses(contents, vertx.eventBus()),
                hooks);
        Outbox composed = new Outbox(
                vertx, link, instance, partitions.count(), fanOut, audience, losses, outboxMetrics, requests);
        Schedule schedule = new Schedule(
                vertx,
                link,
                partitions,
                identities,
                message -> Objects.requireNonNull(operations).execute(message));
        composed.add(hooks.duty());
        composed.add(schedule);
        composed.add(new Audit(vertx, ledgers, meters, label));

        Channels channelled = new Channels(channels, conversations, identities, history, composed);
        UserOutbox userOutbox = new UserOutbox(link, partitions, composed);
        Profiles profiles = new Profiles(userChanges, identities, userOutbox);

        Accounts accounts = new Accounts(link, vertx.eventBus(), blocks, history);

        Sessions sessions = new Sessions(
                link,
                vertx.eventBus(),
                profiles,
                accounts,
                new SessionLife(link, settings.auth().apps()));

        Messages talk = new Messages(
                messages,
                new NewMessages(link, partitions, messages),
                conversations,
                veils,
                edits,
                views,
                identities,
                history,
                composed,
                limits,
                channelled,
                channels);
        operations = new Operations(
                link,
                new Conversations(conversations, veils, messages, views, identities, history, blocks, composed),
                channelled,
                new Changes(changes, conversations, veils, channelled, channels, blocks, composed, limits),
                talk,
                new Parts(messages, edits, views, talk, composed),
                new Contents(contents, conversations),
                new Reading(new ReadStore(link, partitions), composed),
                new Histories(history, events, veils, ledgers, rollbacks),
                sessions,
                profiles,
                new Following(userChanges, relations, identities, history, userOutbox),
                accounts,
                new PushTokens(link),
                new Announcements(announcements, userChanges, announcementViews, history, composed, userOutbox),
                composed,
                schedule,
                hooks,
                new Logins(vertx, link, accounts, sessions, settings.auth().passwordRounds()),
                new Canaries(link, composed));
        link.onReconnect(() -> {
            events.forgetAll();
            identities.forgetAll();
            composed.recheck();
            hooks.refresh();
            vertx.eventBus().publish(Addresses.GATEWAYS, new GatewayMessage.StoreReturned());
        });
        outbox = composed;
        webhooks = hooks;
        return composed;
    }

    private void answer(Message<MessagingRequest> request) {
        Trace.begin(request.headers());
        underWay.count(Objects.requireNonNull(operations).execute(request.body()))
                .onSuccess(reply -> {
                    if (request.replyAddress() != null) {
                        request.reply(reply);
                    }
                });
    }
}
