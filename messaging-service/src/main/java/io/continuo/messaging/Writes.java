package io.continuo.messaging;

import io.continuo.common.bus.AnnouncementRequest;
import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.InstanceRequest;
import io.continuo.common.bus.LoginRequest;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.bus.UserRequest;
import io.continuo.common.bus.WebhookRequest;

/** Which requests change what Redis holds for good, and so are acknowledged only when that is durable. */
final class Writes {
    private Writes() {}

    static boolean isOne(MessagingRequest request) {
        return switch (request) {
            case ConversationRequest.CreateConversation ignored -> true;
            case ConversationRequest.GetConversation ignored -> false;
            case ConversationRequest.ChangeConversation ignored -> true;
            case ConversationRequest.DeleteConversation ignored -> true;
            case ConversationRequest.LeaveConversation ignored -> true;
            case ConversationRequest.CutConversation ignored -> true;
            case MessageRequest.HideMessage ignored -> true;
            case MessageRequest.DeleteMessage ignored -> true;
            case MessageRequest.DeleteChannelMessage ignored -> true;
            case ConversationRequest.ListConversations ignored -> false;
            case ConversationRequest.CreateChannel ignored -> true;
            case ConversationRequest.GetChannel ignored -> false;
            case ConversationRequest.ListChannels ignored -> false;
            case ConversationRequest.ListMembers ignored -> false;
            case ConversationRequest.GetMember ignored -> false;
            case MessageRequest.CreateMessage ignored -> true;
            case MessageRequest.ChangePart ignored -> true;
            case MessageRequest.AnnounceContent ignored -> true;
            case MessageRequest.ContentUploaded ignored -> true;
            case MessageRequest.GetContent ignored -> false;
            case MessageRequest.GetPart ignored -> false;
            case MessageRequest.ListParts ignored -> false;
            case MessageRequest.CreateMessageFor ignored -> true;
            case MessageRequest.GetMessage ignored -> false;
            case MessageRequest.ListMessages ignored -> false;
            case MessageRequest.MarkMessage ignored -> true;
            case ConversationRequest.MarkAllRead ignored -> true;
            case UserRequest.GetIdentity ignored -> false;
            case UserRequest.GetProfile ignored -> false;
            case UserRequest.CreateIdentity ignored -> true;
            case UserRequest.ReplaceIdentity ignored -> true;
            case UserRequest.ChangeIdentity ignored -> true;
            case UserRequest.DeleteIdentity ignored -> true;
            case UserRequest.Follow ignored -> true;
            case UserRequest.Unfollow ignored -> true;
            case UserRequest.CheckFollowing ignored -> false;
            case AnnouncementRequest.CreateAnnouncement ignored -> true;
            case AnnouncementRequest.GetAnnouncement ignored -> false;
            case AnnouncementRequest.ListAnnouncements ignored -> false;
            case AnnouncementRequest.MarkAnnouncement ignored -> true;
            case AnnouncementRequest.DeleteAnnouncement ignored -> true;
            case UserRequest.ChangeUser ignored -> true;
            case UserRequest.GetUser ignored -> false;
            case UserRequest.CheckBlock ignored -> false;
            case UserRequest.ListBlocks ignored -> false;
            case UserRequest.GetBadge ignored -> false;
            case UserRequest.SetBadge ignored -> true;
            case UserRequest.SavePushToken ignored -> true;
            case UserRequest.DeletePushToken ignored -> true;
            case UserRequest.ListFollowing ignored -> false;
            case UserRequest.ListIdentities ignored -> false;
            case SessionRequest.OpenSession ignored -> true;
            case SessionRequest.RevokeSession ignored -> true;
            case SessionRequest.RevokeSessions ignored -> true;
            case SessionRequest.CheckSession ignored -> false;
            case SessionRequest.FindEndedSessions ignored -> false;
            case SessionRequest.RenewSession ignored -> true;
            case SessionRequest.SetSessionTtl ignored -> true;
            case ConversationRequest.GetAudience ignored -> false;
            case HistoryRequest.Attach ignored -> false;
            case HistoryRequest.Sing ignored -> false;
            case HistoryRequest.Detach ignored -> false;
            case HistoryRequest.ReadHistory ignored -> false;
            case HistoryRequest.GetTails ignored -> false;
            case HistoryRequest.ReportProgress ignored -> false;
            case InstanceRequest.Settle ignored -> false;
            case InstanceRequest.Forget ignored -> false;
            case MessageRequest.ScheduleMessage ignored -> true;
            case InstanceRequest.LookAtSchedule ignored -> false;
            case WebhookRequest.RegisterWebhook ignored -> true;
            case WebhookRequest.GetWebhook ignored -> false;
            case WebhookRequest.ListWebhooks ignored -> false;
            case WebhookRequest.SwitchWebhook ignored -> true;
            case WebhookRequest.DeleteWebhook ignored -> true;
            case InstanceRequest.RefreshWebhooks ignored -> false;
            case LoginRequest.SetLogin ignored -> true;
            case LoginRequest.DeleteLogin ignored -> true;
            case LoginRequest.LogIn ignored -> true;
            case LoginRequest.CheckHashes ignored -> false;
            case LoginRequest.RenewHash ignored -> true;
            case LoginRequest.EndHash ignored -> true;
            case LoginRequest.CreateApiKey ignored -> true;
            case LoginRequest.ListApiKeys ignored -> false;
            case LoginRequest.DeleteApiKey ignored -> true;
        };
    }
}
