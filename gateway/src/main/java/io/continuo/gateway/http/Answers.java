package io.continuo.gateway.http;

import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.model.Message;
import io.continuo.gateway.api.Operation;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;

/** Asks a service and writes its answer as REST wants it (protocol/layer.md §13). */
final class Answers {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final ServiceClient services;

    Answers(ServiceClient services) {
        this.services = services;
    }

    Future<Void> ask(Call call, Operation operation, MessagingRequest request) {
        return services.ask(request).compose(reply -> answer(call, operation, reply));
    }

    private static Future<Void> answer(Call call, Operation operation, Reply reply) {
        return switch (reply) {
            case Reply.Failure failure -> call.fail(failure);
            case Reply.ConversationFound found -> {
                String url =
                        call.links().conversation(found.view().conversation().id());
                yield object(call.at(found.position()), found.created() ? operation.status() : OK, url, reply);
            }
            case Reply.ChannelFound found -> {
                String url = call.links().container(found.view().channel().id());
                yield object(call.at(found.position()), found.created() ? operation.status() : OK, url, reply);
            }
            case Reply.MemberFound found -> object(call.at(found.position()), OK, "", reply);
            case Reply.ChannelPage page ->
                call.list(page.total(), page.position(), call.renderer().listText(page));
            case Reply.MemberPage page ->
                call.list(page.total(), page.position(), call.renderer().listText(page));
            case Reply.MessageFound found -> {
                String url = call.links().message(found.message().id());
                yield object(call.at(found.position()), operation.status(), url, reply);
            }
            case Reply.PartFound found -> part(call, operation, found);
            case Reply.PartsFound found ->
                call.at(found.position()).json(OK, call.renderer().listText(found));
            case Reply.IdentityFound found -> {
                String url = call.links().identity(found.identity().person().userId());
                yield object(call.at(found.position()), operation.status(), url, reply);
            }
            case Reply.ConversationPage page ->
                call.list(page.total(), page.position(), call.renderer().listText(page, call.user()));
            case Reply.MessagePage page -> {
                // Anything else makes old clients poll (§13.5).
                call.headers().set("Layer-Conversation-Is-Syncing", "false");
                yield call.list(page.total(), page.position(), call.renderer().listText(page, call.user()));
            }
            case Reply.WebhookFound found ->
                object(
                        call,
                        operation.status(),
                        call.links().webhook(found.webhook().id()),
                        reply);
            case Reply.Webhooks ignored -> object(call, OK, "", reply);
            case Reply.IdentityPage page ->
                call.list(page.total(), page.position(), call.renderer().listText(page));
            case Reply.UserPage page ->
                call.list(page.total(), page.position(), call.renderer().listText(page));
            case Reply.AnnouncementFound found -> object(call.at(found.position()), OK, "", found);
            case Reply.AnnouncementPage page ->
                call.list(page.total(), page.position(), call.renderer().listText(page, call.user()));
            case Reply.UserFound found -> object(call, OK, "", found);
            case Reply.BadgeFound badge -> object(call, OK, "", badge);
            case Reply.Done ignored -> call.empty(operation.status());
            case Reply.ContentFound ignored -> unexpected(reply);
            case Reply.Audience ignored -> unexpected(reply);
            case Reply.Attached ignored -> unexpected(reply);
            case Reply.HistoryPage ignored -> unexpected(reply);
            case Reply.Tails ignored -> unexpected(reply);
            case Reply.SessionOpened ignored -> unexpected(reply);
            case Reply.EndedSessions ignored -> unexpected(reply);
            case Reply.Registered ignored -> unexpected(reply);
            case Reply.PresenceStates ignored -> unexpected(reply);
            case Reply.AboutSubjects ignored -> unexpected(reply);
            case Reply.ApiKeyMade ignored ->
                call.json(operation.status(), call.renderer().replyText(reply, call.user()));
            case Reply.ApiKeys ignored -> object(call, OK, "", reply);
            case Reply.LoggedIn ignored -> unexpected(reply);
            case Reply.HashesFound ignored -> unexpected(reply);
            case Reply.AboutVisits ignored -> unexpected(reply);
        };
    }

    /** A patch is answered as a conversation's is: by nothing. */
    private static Future<Void> part(Call call, Operation operation, Reply.PartFound found) {
        if (operation.status() == NO_CONTENT) {
            return call.empty(NO_CONTENT);
        }
        Message message = found.message();
        String url = call.links()
                .part(message.id(), message.parts().get(found.index()).id());
        return object(call.at(found.position()), operation.status(), url, found);
    }

    private static Future<Void> object(Call call, int status, String url, Reply reply) {
        if (status != OK) {
            call.headers().set(HttpHeaders.LOCATION, url);
        }
        return call.json(status, call.renderer().replyText(reply, call.user()));
    }

    private static Future<Void> unexpected(Reply reply) {
        return Future.failedFuture(new IllegalStateException(
                "No route asks for a " + reply.getClass().getSimpleName()));
    }
}
