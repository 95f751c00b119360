package io.continuo.messaging;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.redis.RedisDown;
import io.continuo.common.redis.RedisLink;
import io.continuo.messaging.account.Accounts;
import io.continuo.messaging.account.PushTokens;
import io.continuo.messaging.announcement.Announcements;
import io.continuo.messaging.content.Contents;
import io.continuo.messaging.conversation.Changes;
import io.continuo.messaging.conversation.Channels;
import io.continuo.messaging.conversation.Conversations;
import io.continuo.messaging.conversation.Messages;
import io.continuo.messaging.conversation.Parts;
import io.continuo.messaging.conversation.Reading;
import io.continuo.messaging.history.Histories;
import io.continuo.messaging.identity.Following;
import io.continuo.messaging.identity.Profiles;
import io.continuo.messaging.identity.Sessions;
import io.continuo.messaging.login.Logins;
import io.continuo.messaging.outbox.Canaries;
import io.continuo.messaging.outbox.Outbox;
import io.continuo.messaging.schedule.Schedule;
import io.continuo.messaging.webhook.Webhooks;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every request's way to its operation. What fails on the way is answered, never thrown. */
final class Operations {
    private static final Logger log = LoggerFactory.getLogger(Operations.class);

    private final RedisLink redis;
    private final Conversations conversations;
    private final Channels channels;
    private final Changes changes;
    private final Messages messages;
    private final Parts parts;
    private final Contents contents;
    private final Reading reading;
    private final Histories histories;
    private final Sessions sessions;
    private final Profiles profiles;
    private final Following following;
    private final Accounts accounts;
    private final PushTokens pushTokens;
    private final Announcements announcements;
    private final Outbox outbox;
    private final Schedule schedule;
    private final Webhooks webhooks;
    private final Logins logins;
    private final Canaries canaries;

    Operations(
            RedisLink redis,
            Conversations conversations,
            Channels channels,
            Changes changes,
            Messages messages,
            Parts parts,
            Contents contents,
            Reading reading,
            Histories histories,
            Sessions sessions,
            Profiles profiles,
            Following following,
            Accounts accounts,
            PushTokens pushTokens,
            Announcements announcements,
            Outbox outbox,
            Schedule schedule,
            Webhooks webhooks,
            Logins logins,
            Canaries canaries) {
        this.redis = redis;
        this.conversations = conversations;
        this.channels = channels;
        this.changes = changes;
        this.messages = messages;
        this.parts = parts;
        this.contents = contents;
        this.reading = reading;
        this.histories = histories;
        this.sessions = sessions;
        this.profiles = profiles;
        this.following = following;
        this.accounts = accounts;
        this.pushTokens = pushTokens;
        this.announcements = announcements;
        this.outbox = outbox;
        this.schedule = schedule;
        this.webhooks = webhooks;
        this.logins = logins;
        this.canaries = canaries;
    }

    Future<Reply> execute(MessagingRequest request) {
        log.debug("Executes {}", request.getClass().getSimpleName());
        try {
            return operate(request)
                    .compose(reply -> durable(request, reply))
                    .otherwise(failure -> failed(request, failure));
        } catch (RuntimeException ours) {
            return Future.succeededFuture(failed(request, ours));
        }
    }

    /** What was refused because it is there already has to be durable too: clients take that for done. */
    private Future<Reply> durable(MessagingRequest request, Reply reply) {
        return Writes.isOne(request) ? redis.confirm().map(reply) : Future.succeededFuture(reply);
    }

    private Future<Reply> operate(MessagingRequest request) {
        return switch (request) {
            case MessagingRequest.CreateConversation create -> conversations.create(create);
            case MessagingRequest.GetConversation get -> conversations.get(get);
            case MessagingRequest.ListConversations list -> conversations.list(list);
            case MessagingRequest.GetAudience audience -> conversations.audience(audience);
            case MessagingRequest.CreateChannel create -> channels.create(create);
            case MessagingRequest.GetChannel get -> channels.get(get);
            case MessagingRequest.ListChannels list -> channels.list(list);
            case MessagingRequest.ListMembers list -> channels.members(list);
            case MessagingRequest.GetMember get -> channels.member(get);
            case MessagingRequest.ChangeConversation change -> changes.change(change);
            case MessagingRequest.LeaveConversation leave -> changes.leave(leave);
            case MessagingRequest.CutConversation cut -> changes.cut(cut);
            case MessagingRequest.DeleteConversation delete -> changes.delete(delete);
            case MessagingRequest.HideMessage hide -> messages.hide(hide);
            case MessagingRequest.DeleteMessage delete -> messages.delete(delete);
            case MessagingRequest.DeleteChannelMessage delete -> messages.delete(delete);
            case MessagingRequest.CreateMessage create -> contents.create(create, messages::create);
            case MessagingRequest.CreateMessageFor create -> contents.create(create, messages::create);
            case MessagingRequest.GetMessage get -> messages.get(get);
            case MessagingRequest.ListMessages list -> messages.list(list);
            case MessagingRequest.ChangePart change -> contents.change(change, parts::change);
            case MessagingRequest.AnnounceContent announce -> contents.announce(announce);
            case MessagingRequest.ContentUploaded uploaded -> contents.uploaded(uploaded);
            case MessagingRequest.GetContent get -> contents.get(get);
            case MessagingRequest.GetPart get -> parts.get(get);
            case MessagingRequest.ListParts list -> parts.list(list);
            case MessagingRequest.MarkMessage mark -> messages.mark(mark);
            case MessagingRequest.MarkAllRead mark -> reading.markAll(mark);
            case MessagingRequest.GetIdentity get -> profiles.get(get);
            case MessagingRequest.GetProfile get -> profiles.get(get);
            case MessagingRequest.CreateIdentity create -> profiles.create(create);
            case MessagingRequest.ReplaceIdentity replace -> profiles.replace(replace);
            case MessagingRequest.ChangeIdentity change -> profiles.change(change);
            case MessagingRequest.DeleteIdentity delete -> profiles.delete(delete);
            case MessagingRequest.Follow follow -> following.follow(follow);
            case MessagingRequest.Unfollow unfollow -> following.unfollow(unfollow);
            case MessagingRequest.CheckFollowing check -> following.check(check);
            case MessagingRequest.ListFollowing list -> following.list(list);
            case MessagingRequest.ListIdentities list -> following.list(list);
            case MessagingRequest.ChangeUser change -> accounts.change(change);
            case MessagingRequest.GetUser get -> accounts.get(get);
            case MessagingRequest.CheckBlock check -> accounts.check(check);
            case MessagingRequest.ListBlocks list -> accounts.list(list);
            case MessagingRequest.GetBadge get -> accounts.get(get);
            case MessagingRequest.SetBadge set -> accounts.set(set);
            case MessagingRequest.SavePushToken save -> pushTokens.save(save);
            case MessagingRequest.DeletePushToken delete -> pushTokens.delete(delete);
            case MessagingRequest.CreateAnnouncement create -> announcements.create(create);
            case MessagingRequest.GetAnnouncement get -> announcements.get(get);
            case MessagingRequest.ListAnnouncements list -> announcements.list(list);
            case MessagingRequest.MarkAnnouncement mark -> announcements.mark(mark);
            case MessagingRequest.DeleteAnnouncement delete -> announcements.delete(delete);
            case MessagingRequest.OpenSession open -> sessions.open(open);
            case MessagingRequest.RevokeSession revoke -> sessions.revoke(revoke);
            case MessagingRequest.RevokeSessions revoke -> sessions.revokeAll(revoke);
            case MessagingRequest.RenewSession renew -> sessions.renew(renew);
            case MessagingRequest.CheckSession check -> sessions.check(check);
            case MessagingRequest.FindEndedSessions find -> sessions.findEnded(find);
            case MessagingRequest.SetSessionTtl set -> sessions.setTtl(set);
            case MessagingRequest.Attach attach -> histories.attach(attach);
            case MessagingRequest.Sing sing -> canaries.sing(sing);
            case MessagingRequest.Detach detach -> histories.detach(detach);
            case MessagingRequest.ReadHistory read -> histories.read(read);
            case MessagingRequest.GetTails tails -> histories.tails(tails);
            case MessagingRequest.ReportProgress report -> histories.report(report);
            case MessagingRequest.Settle settle -> outbox.settle(settle);
            case MessagingRequest.Forget forget -> histories.forget(forget);
            case MessagingRequest.ScheduleMessage later -> schedule.schedule(later);
            case MessagingRequest.LookAtSchedule look -> schedule.look(look);
            case MessagingRequest.AboutLogins about -> logins.execute(about);
            case MessagingRequest.AboutWebhooks about -> webhooks.execute(about);
            case MessagingRequest.RefreshWebhooks refresh -> webhooks.refresh();
        };
    }

    private static Reply failed(MessagingRequest request, Throwable failure) {
        if (failure instanceof RuntimeException && !(failure instanceof RedisDown)) {
            log.error("{} failed", request.getClass().getSimpleName(), failure);
            return Reply.Failure.of(ErrorCode.INTERNAL_SERVER_ERROR, "Something went wrong on our side.");
        }
        log.debug("{} failed: {}", request.getClass().getSimpleName(), failure.getMessage());
        return Reply.Failure.of(ErrorCode.SERVICE_UNAVAILABLE, "The store cannot be reached; try again.");
    }
}
