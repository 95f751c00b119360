package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.MessagingRequest.SortBy;
import io.continuo.common.bus.Reply;
import io.continuo.common.model.LayerId;
import io.continuo.common.settings.LimitSettings;
import io.continuo.gateway.dialect.BadRequest;
import io.continuo.gateway.dialect.Dialect;
import io.continuo.gateway.dialect.RequestReader;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Conversations, messages, receipts, identities (protocol/layer.md §13.4, §13.5, §13.8). */
final class MessagingRoutes {
    private static final int LARGEST_PAGE = 100;
    private static final String CONVERSATIONS = "conversations";
    private static final String MESSAGES = "messages";
    private static final String LAYER_PATCH = "application/vnd.layer-patch+json";

    private final Answers answers;
    private final Map<Dialect, RequestReader> readers = new EnumMap<>(Dialect.class);

    MessagingRoutes(Answers answers, LimitSettings limits) {
        this.answers = answers;
        for (Dialect dialect : Dialect.values()) {
            readers.put(dialect, new RequestReader(dialect, limits));
        }
    }

    void addTo(Endpoints endpoints) {
        endpoints
                .secured(HttpMethod.GET, "/conversations", this::listConversations)
                .secured(HttpMethod.POST, "/conversations", this::createConversation)
                .secured(HttpMethod.GET, "/conversations/:id", this::getConversation)
                .secured(HttpMethod.PATCH, "/conversations/:id", this::changeConversation)
                .secured(HttpMethod.DELETE, "/conversations/:id", this::deleteConversation)
                .secured(HttpMethod.GET, "/conversations/:id/messages", this::listMessages)
                .secured(HttpMethod.POST, "/conversations/:id/messages", this::createMessage)
                .secured(HttpMethod.POST, "/conversations/:id/mark_all_read", this::markAllRead)
                .secured(HttpMethod.GET, "/messages/:id", this::getMessage)
                .secured(HttpMethod.DELETE, "/messages/:id", this::deleteMessage)
                .secured(HttpMethod.POST, "/messages/:id/receipts", this::markMessage)
                .secured(HttpMethod.GET, "/identities/:id", this::getIdentity);
    }

    private Future<?> listConversations(Call call) {
        return answers.ask(
                call,
                new MessagingRequest.ListConversations(
                        call.user(), sortBy(call), pageSize(call), after(call, CONVERSATIONS)));
    }

    private Future<?> createConversation(Call call) {
        return answers.ask(call, reader(call).conversationCreate(call.user(), call.body()));
    }

    private Future<?> getConversation(Call call) {
        return answers.ask(call, new MessagingRequest.GetConversation(call.user(), id(call, CONVERSATIONS)));
    }

    /** Nothing but Layer Patch is taken for one (§11). */
    private Future<?> changeConversation(Call call) {
        String type = call.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith(LAYER_PATCH)) {
            throw new BadRequest(Reply.Failure.ofProperty(
                    ErrorCode.INVALID_HEADER, "Content-Type", "Content-Type must be " + LAYER_PATCH + "."));
        }
        return answers.ask(
                call, reader(call).conversationChange(call.user(), id(call, CONVERSATIONS), call.arrayBody()));
    }

    /** For everyone, or by leaving; {@code destroy=true} is how 1.0 says for everyone (§13.4). */
    private Future<?> deleteConversation(Call call) {
        String conversation = id(call, CONVERSATIONS);
        if (isForEveryone(call)) {
            return answers.ask(call, new MessagingRequest.DeleteConversation(call.user(), conversation));
        }
        if (call.query("leave").orElse("false").equals("true")) {
            return answers.ask(call, new MessagingRequest.LeaveConversation(call.user(), conversation));
        }
        throw invalid("leave", "A conversation can be deleted for everyone, or left: leave must be true.");
    }

    private Future<?> deleteMessage(Call call) {
        String message = id(call, MESSAGES);
        if (isForEveryone(call)) {
            return answers.ask(call, new MessagingRequest.DeleteMessage(call.user(), message));
        }
        throw invalid("mode", "A message can be deleted for everyone only: mode must be all_participants.");
    }

    private static boolean isForEveryone(Call call) {
        if (call.query("destroy").filter("true"::equals).isPresent()) {
            return true;
        }
        return switch (call.query("mode").orElse("")) {
            case "all_participants" -> true;
            case "my_devices" -> false;
            case "" ->
                throw new BadRequest(Reply.Failure.ofProperty(ErrorCode.MISSING_PROPERTY, "mode", "mode is missing."));
            default -> throw invalid("mode", "mode must be all_participants or my_devices.");
        };
    }

    private Future<?> listMessages(Call call) {
        return answers.ask(
                call,
                new MessagingRequest.ListMessages(
                        call.user(), id(call, CONVERSATIONS), pageSize(call), after(call, MESSAGES)));
    }

    private Future<?> createMessage(Call call) {
        return answers.ask(call, reader(call).messageCreate(call.user(), id(call, CONVERSATIONS), call.body()));
    }

    private Future<?> getMessage(Call call) {
        return answers.ask(call, new MessagingRequest.GetMessage(call.user(), id(call, MESSAGES)));
    }

    private Future<?> markMessage(Call call) {
        return answers.ask(call, reader(call).receipt(call.user(), id(call, MESSAGES), call.body()));
    }

    private Future<?> markAllRead(Call call) {
        return answers.ask(call, reader(call).markAllRead(call.user(), id(call, CONVERSATIONS), call.body()));
    }

    private Future<?> getIdentity(Call call) {
        return answers.ask(call, new MessagingRequest.GetIdentity(LayerId.userId(call.path("id"))));
    }

    private RequestReader reader(Call call) {
        return Objects.requireNonNull(readers.get(call.dialect()));
    }

    private static String id(Call call, String type) {
        return RequestReader.objectId(type, call.path("id"));
    }

    private static SortBy sortBy(Call call) {
        return switch (call.query("sort_by").orElse("created_at")) {
            case "created_at" -> SortBy.CREATED_AT;
            case "last_message" -> SortBy.LAST_MESSAGE;
            default -> throw invalid("sort_by", "sort_by must be created_at or last_message.");
        };
    }

    /** More than the largest page gets the largest page. */
    private static int pageSize(Call call) {
        String given = call.query("page_size").orElse("");
        if (given.isEmpty()) {
            return LARGEST_PAGE;
        }
        if (!given.matches("0*[1-9]\\d{0,8}")) {
            throw invalid("page_size", "page_size must be a number from 1 to " + LARGEST_PAGE + ".");
        }
        return Math.min(Integer.parseInt(given), LARGEST_PAGE);
    }

    private static @Nullable String after(Call call, String type) {
        return call.query("from_id")
                .filter(given -> !given.isEmpty())
                .map(given -> RequestReader.objectId(type, given))
                .orElse(null);
    }

    private static BadRequest invalid(String property, String message) {
        return new BadRequest(Reply.Failure.ofProperty(ErrorCode.INVALID_PROPERTY, property, message));
    }
}
