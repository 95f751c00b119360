package io.continuo.messaging;

import io.continuo.common.bus.AnnouncementRequest;
import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.InstanceRequest;
import io.continuo.common.bus.LoginRequest;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.bus.UserRequest;
import io.continuo.common.bus.WebhookRequest;
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
            case ConversationRequest.CreateConversation create -> conversations.create(create);
            case ConversationRequest.GetConversation get -> conversations.get(get);
            case ConversationRequest.ListConversations list -> conversations.list(list);
            case ConversationRequest.GetAudience audience -> conversations.audience(audience);
            case ConversationRequest.CreateChannel create -> channels.create(create);
            case ConversationRequest.GetChannel get -> channels.get(get);
            case ConversationRequest.ListChannels list -> channels.list(list);
            case ConversationRequest.ListMembers list -> channels.members(list);
            case ConversationRequest.GetMember get -> channels.member(get);
            case ConversationRequest.ChangeConversation change -> changes.change(change);
            case ConversationRequest.LeaveConversation leave -> changes.leave(leave);
            case ConversationRequest.CutConversation cut -> changes.cut(cut);
            case ConversationRequest.DeleteConversation delete -> changes.delete(delete);
            case MessageRequest.HideMessage hide -> messages.hide(hide);
            case MessageRequest.DeleteMessage delete -> messages.delete(delete);
            case MessageRequest.DeleteChannelMessage delete -> messages.delete(delete);
            case MessageRequest.CreateMessage create -> contents.create(create, messages::create);
            case MessageRequest.CreateMessageFor create -> contents.create(create, messages::create);
            case MessageRequest.GetMessage get -> messages.get(get);
            case MessageRequest.ListMessages list -> messages.list(list);
            case MessageRequest.ChangePart change -> contents.change(change, parts::change);
            case MessageRequest.AnnounceContent announce -> contents.announce(announce);
            case MessageRequest.ContentUploaded uploaded -> contents.uploaded(uploaded);
            case MessageRequest.GetContent get -> contents.get(get);
            case MessageRequest.GetPart get -> parts.get(get);
            case MessageRequest.ListParts list -> parts.list(list);
            case MessageRequest.MarkMessage mark -> messages.mark(mark);
            case ConversationRequest.MarkAllRead mark -> reading.markAll(mark);
            case UserRequest.GetIdentity get -> profiles.get(get);
            case UserRequest.GetProfile get -> profiles.get(get);
            case UserRequest.CreateIdentity create -> profiles.create(create);
            case UserRequest.ReplaceIdentity replace -> profiles.replace(replace);
            case UserRequest.ChangeIdentity change -> profiles.change(change);
            case UserRequest.DeleteIdentity delete -> profiles.delete(delete);
            case UserRequest.Follow follow -> following.follow(follow);
            case UserRequest.Unfollow unfollow -> following.unfollow(unfollow);
            case UserRequest.CheckFollowing check -> following.check(check);
            case UserRequest.ListFollowing list -> following.list(list);
            case UserRequest.ListIdentities list -> following.list(list);
            case UserRequest.ChangeUser change -> accounts.change(change);
            case UserRequest.GetUser get -> accounts.get(get);
            case UserRequest.CheckBlock check -> accounts.check(check);
            case UserRequest.ListBlocks list -> accounts.list(list);
            case UserRequest.GetBadge get -> accounts.get(get);
            case UserRequest.SetBadge set -> accounts.set(set);
            case UserRequest.SavePushToken save -> pushTokens.save(save);
            case UserRequest.DeletePushToken delete -> pushTokens.delete(delete);
            case AnnouncementRequest.CreateAnnouncement create -> announcements.create(create);
            case AnnouncementRequest.GetAnnouncement get -> announcements.get(get);
            case AnnouncementRequest.ListAnnouncements list -> announcements.list(list);
            case AnnouncementRequest.MarkAnnouncement mark -> announcements.mark(mark);
            case AnnouncementRequest.DeleteAnnouncement delete -> announcements.delete(delete);
            case SessionRequest.OpenSession open -> sessions.open(open);
            case SessionRequest.RevokeSession revoke -> sessions.revoke(revoke);
            case SessionRequest.RevokeSessions revoke -> sessions.revokeAll(revoke);
            case SessionRequest.RenewSession renew -> sessions.renew(renew);
            case SessionRequest.CheckSession check -> sessions.check(check);
            case SessionRequest.FindEndedSessions find -> sessions.findEnded(find);
            case SessionRequest.SetSessionTtl set -> sessions.setTtl(set);
            case HistoryRequest.Attach attach -> histories.attach(attach);
            case HistoryRequest.Sing sing -> canaries.sing(sing);
            case HistoryRequest.Detach detach -> histories.detach(detach);
            case HistoryRequest.ReadHistory read -> histories.read(read);
            case HistoryRequest.GetTails tails -> histories.tails(tails);
            case HistoryRequest.ReportProgress report -> histories.report(report);
            case InstanceRequest.Settle settle -> outbox.settle(settle);
            case InstanceRequest.Forget forget -> histories.forget(forget);
            case MessageRequest.ScheduleMessage later -> schedule.schedule(later);
            case InstanceRequest.LookAtSchedule look -> schedule.look(look);
            case LoginRequest about -> logins.execute(about);
            case WebhookRequest about -> webhooks.execute(about);
            case InstanceRequest.RefreshWebhooks refresh -> webhooks.refresh();
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
