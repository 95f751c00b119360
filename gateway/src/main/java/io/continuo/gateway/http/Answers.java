package io.continuo.gateway.http;

import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;

/** Asks a service and writes its answer as REST wants it (protocol/layer.md §13). */
final class Answers {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;

    private final ServiceClient services;

    Answers(ServiceClient services) {
        this.services = services;
    }

    Future<Void> ask(Call call, MessagingRequest request) {
        return services.ask(request).compose(reply -> answer(call, request, reply));
    }

    private static Future<Void> answer(Call call, MessagingRequest request, Reply reply) {
        return switch (reply) {
            case Reply.Failure failure -> call.fail(failure);
            case Reply.ConversationFound found -> {
                boolean created = request instanceof MessagingRequest.CreateConversation && found.created();
                String url =
                        call.links().conversation(found.view().conversation().id());
                yield object(call.at(found.position()), created, url, reply);
            }
            case Reply.MessageFound found -> {
                boolean created = request instanceof MessagingRequest.CreateMessage;
                yield object(
                        call.at(found.position()),
                        created,
                        call.links().message(found.message().id()),
                        reply);
            }
            case Reply.IdentityFound found -> object(call.at(found.position()), false, "", reply);
            case Reply.ConversationPage page ->
                call.list(page.total(), page.position(), call.renderer().listText(page, call.user()));
            case Reply.MessagePage page -> {
                // Anything else makes old clients poll (§13.5).
                call.headers().set("Layer-Conversation-Is-Syncing", "false");
                yield call.list(page.total(), page.position(), call.renderer().listText(page, call.user()));
            }
            case Reply.Done ignored ->
                call.empty(request instanceof MessagingRequest.MarkAllRead ? ACCEPTED : NO_CONTENT);
            case Reply.Audience ignored -> unexpected(reply);
            case Reply.Attached ignored -> unexpected(reply);
            case Reply.HistoryPage ignored -> unexpected(reply);
            case Reply.Tails ignored -> unexpected(reply);
            case Reply.PresenceStates ignored -> unexpected(reply);
        };
    }

    private static Future<Void> object(Call call, boolean created, String url, Reply reply) {
        if (created) {
            call.headers().set(HttpHeaders.LOCATION, url);
        }
        return call.json(created ? CREATED : OK, call.renderer().replyText(reply, call.user()));
    }

    private static Future<Void> unexpected(Reply reply) {
        return Future.failedFuture(new IllegalStateException(
                "No route asks for a " + reply.getClass().getSimpleName()));
    }
}
