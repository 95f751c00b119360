package io.continuo.messaging;

import io.continuo.common.bus.MessagingRequest;

/** Which requests change what Redis holds for good, and so are acknowledged only when that is durable. */
final class Writes {
    private Writes() {}

    static boolean isOne(MessagingRequest request) {
        return switch (request) {
            case MessagingRequest.CreateConversation ignored -> true;
            case MessagingRequest.GetConversation ignored -> false;
            case MessagingRequest.ChangeConversation ignored -> true;
            case MessagingRequest.DeleteConversation ignored -> true;
            case MessagingRequest.LeaveConversation ignored -> true;
            case MessagingRequest.CutConversation ignored -> true;
            case MessagingRequest.HideMessage ignored -> true;
            case MessagingRequest.DeleteMessage ignored -> true;
            case MessagingRequest.DeleteChannelMessage ignored -> true;
            case MessagingRequest.ListConversations ignored -> false;
            case MessagingRequest.CreateChannel ignored -> true;
            case MessagingRequest.GetChannel ignored -> false;
            case MessagingRequest.ListChannels ignored -> false;
            case MessagingRequest.ListMembers ignored -> false;
            case MessagingRequest.GetMember ignored -> false;
            case MessagingRequest.CreateMessage ignored -> true;
            case MessagingRequest.ChangePart ignored -> true;
            case MessagingRequest.AnnounceContent ignored -> true;
            case MessagingRequest.ContentUploaded ignored -> true;
            case MessagingRequest.GetContent ignored -> false;
            case MessagingRequest.GetPart ignored -> false;
            case MessagingRequest.ListParts ignored -> false;
            case MessagingRequest.CreateMessageFor ignored -> true;
            case MessagingRequest.GetMessage ignored -> false;
            case MessagingRequest.ListMessages ignored -> false;
            case MessagingRequest.MarkMessage ignored -> true;
            case MessagingRequest.MarkAllRead ignored -> true;
            case MessagingRequest.GetIdentity ignored -> false;
            case MessagingRequest.GetProfile ignored -> false;
            case MessagingRequest.CreateIdentity ignored -> true;
            case MessagingRequest.ReplaceIdentity ignored -> true;
            case MessagingRequest.ChangeIdentity ignored -> true;
            case MessagingRequest.DeleteIdentity ignored -> true;
            case MessagingRequest.Follow ignored -> true;
            case MessagingRequest.Unfollow ignored -> true;
            case MessagingRequest.CheckFollowing ignored -> false;
            case MessagingRequest.CreateAnnouncement ignored -> true;
            case MessagingRequest.GetAnnouncement ignored -> false;
            case MessagingRequest.ListAnnouncements ignored -> false;
            case MessagingRequest.MarkAnnouncement ignored -> true;
            case MessagingRequest.DeleteAnnouncement ignored -> true;
            case MessagingRequest.ChangeUser ignored -> true;
            case MessagingRequest.GetUser ignored -> false;
            case MessagingRequest.CheckBlock ignored -> false;
            case MessagingRequest.ListBlocks ignored -> false;
            case MessagingRequest.GetBadge ignored -> false;
            case MessagingRequest.SetBadge ignored -> true;
            case MessagingRequest.SavePushToken ignored -> true;
            case MessagingRequest.DeletePushToken ignored -> true;
            case MessagingRequest.ListFollowing ignored -> false;
            case MessagingRequest.ListIdentities ignored -> false;
            case MessagingRequest.OpenSession ignored -> true;
            case MessagingRequest.RevokeSession ignored -> true;
            case MessagingRequest.RevokeSessions ignored -> true;
            case MessagingRequest.CheckSession ignored -> false;
            case MessagingRequest.FindEndedSessions ignored -> false;
            case MessagingRequest.RenewSession ignored -> true;
            case MessagingRequest.SetSessionTtl ignored -> true;
            case MessagingRequest.GetAudience ignored -> false;
            case MessagingRequest.Attach ignored -> false;
            case MessagingRequest.Sing ignored -> false;
            case MessagingRequest.Detach ignored -> false;
            case MessagingRequest.ReadHistory ignored -> false;
            case MessagingRequest.GetTails ignored -> false;
            case MessagingRequest.ReportProgress ignored -> false;
            case MessagingRequest.Settle ignored -> false;
            case MessagingRequest.Forget ignored -> false;
            case MessagingRequest.ScheduleMessage ignored -> true;
            case MessagingRequest.LookAtSchedule ignored -> false;
            case MessagingRequest.RegisterWebhook ignored -> true;
            case MessagingRequest.GetWebhook ignored -> false;
            case MessagingRequest.ListWebhooks ignored -> false;
            case MessagingRequest.SwitchWebhook ignored -> true;
            case MessagingRequest.DeleteWebhook ignored -> true;
            case MessagingRequest.RefreshWebhooks ignored -> false;
            case MessagingRequest.SetLogin ignored -> true;
            case MessagingRequest.DeleteLogin ignored -> true;
            case MessagingRequest.LogIn ignored -> true;
            case MessagingRequest.CheckHashes ignored -> false;
            case MessagingRequest.RenewHash ignored -> true;
            case MessagingRequest.EndHash ignored -> true;
            case MessagingRequest.CreateApiKey ignored -> true;
            case MessagingRequest.ListApiKeys ignored -> false;
            case MessagingRequest.DeleteApiKey ignored -> true;
        };
    }
}
