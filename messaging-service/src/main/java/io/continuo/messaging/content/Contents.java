package io.continuo.messaging.content;

import static io.continuo.common.bus.ErrorCode.INVALID_PROPERTY;
import static io.continuo.common.bus.ErrorCode.NOT_FOUND;

import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.model.Content;
import io.continuo.common.model.Part;
import io.continuo.common.model.PartEdit;
import io.continuo.common.model.UserId;
import io.continuo.messaging.content.ContentStore.Facts;
import io.continuo.messaging.conversation.ConversationStore;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who may have rich content (protocol/layer.md §13.6): who uploaded it, who sees a message that uses it, and the app's
 * backend.
 */
public final class Contents {
    private static final Reply UNKNOWN = Reply.Failure.of(NOT_FOUND, "There is no such content (yet).");

    private final ContentStore store;
    private final ConversationStore conversations;

    public Contents(ContentStore store, ConversationStore conversations) {
        this.store = store;
        this.conversations = conversations;
    }

    public Future<Reply> announce(MessageRequest.AnnounceContent request) {
        return store.announce(request.contentId(), request.user(), request.type(), request.size())
                .map(Reply.Done.INSTANCE);
    }

    public Future<Reply> uploaded(MessageRequest.ContentUploaded request) {
        return store.uploaded(request.contentId(), request.size()).map(Reply.Done.INSTANCE);
    }

    public Future<Reply> get(MessageRequest.GetContent request) {
        return store.find(request.contentId())
                .compose(facts -> facts.isEmpty()
                        ? Future.succeededFuture(UNKNOWN)
                        : isFor(request.user(), request.contentId(), facts.get())
                                .map(is -> is
                                        ? new Reply.ContentFound(
                                                facts.get().type(), facts.get().size())
                                        : UNKNOWN));
    }

    /** Has a message created whose content there is and its sender may use; sizes are what was uploaded. */
    public Future<Reply> create(
            MessageRequest.CreateMessage request, Function<MessageRequest.CreateMessage, Future<Reply>> next) {
        return checked(request.user(), request.messageId(), request.parts())
                .compose(parts -> parts.isEmpty() ? refused() : next.apply(request.with(parts.get())));
    }

    /** The same for an app's backend. */
    public Future<Reply> create(
            MessageRequest.CreateMessageFor request, Function<MessageRequest.CreateMessageFor, Future<Reply>> next) {
        return checked(
                        request.backend(),
                        request.message().messageId(),
                        request.message().parts())
                .compose(parts -> parts.isEmpty()
                        ? refused()
                        : next.apply(new MessageRequest.CreateMessageFor(
                                request.backend(), request.message().with(parts.get()))));
    }

    /** The same of a part that is added or takes another's place. */
    public Future<Reply> change(
            MessageRequest.ChangePart request, Function<MessageRequest.ChangePart, Future<Reply>> next) {
        return switch (request.edit()) {
            case PartEdit.Add add -> change(request, add.part(), PartEdit.Add::new, next);
            case PartEdit.Replace replace ->
                change(request, replace.by(), part -> new PartEdit.Replace(replace.part(), part), next);
            case PartEdit.Patch patch -> next.apply(request);
            case PartEdit.Remove remove -> next.apply(request);
        };
    }

    private Future<Reply> change(
            MessageRequest.ChangePart request,
            Part part,
            Function<Part, PartEdit> edit,
            Function<MessageRequest.ChangePart, Future<Reply>> next) {
        return checked(request.user(), request.messageId(), List.of(part))
                .compose(parts -> parts.isEmpty()
                        ? refused()
                        : next.apply(new MessageRequest.ChangePart(
                                request.user(),
                                request.messageId(),
                                edit.apply(parts.get().getFirst()))));
    }

    private static Future<Reply> refused() {
        return Future.succeededFuture(Reply.Failure.ofProperty(
                INVALID_PROPERTY, "parts.content", "content must be uploaded, and yours to use."));
    }

    /** Empty when some of the content is not there, or not for the user. */
    private Future<Optional<List<Part>>> checked(String user, String message, List<Part> parts) {
        List<String> ids = ids(parts);
        if (ids.isEmpty()) {
            return Future.succeededFuture(Optional.of(parts));
        }
        List<Future<Optional<Facts>>> found = ids.stream()
                .map(id -> store.hold(id, message)
                        .compose(facts -> facts.isEmpty()
                                ? Future.succeededFuture(facts)
                                : isFor(user, id, facts.get()).map(is -> facts.filter(any -> is))))
                .toList();
        return Future.all(found).map(all -> {
            Map<String, Facts> facts = new HashMap<>();
            for (int i = 0; i < ids.size(); i++) {
                String id = ids.get(i);
                found.get(i).result().ifPresent(one -> facts.put(id, one));
            }
            return facts.size() < ids.size() ? Optional.empty() : Optional.of(sized(parts, facts));
        });
    }

    private static List<Part> sized(List<Part> parts, Map<String, Facts> facts) {
        List<Part> sized = new ArrayList<>(parts.size());
        for (Part part : parts) {
            Content content = part.content();
            Facts known = content == null ? null : facts.get(content.id());
            sized.add(
                    content == null || known == null
                            ? part
                            : new Part(
                                    part.id(),
                                    part.mimeType(),
                                    null,
                                    null,
                                    new Content(content.id(), known.size()),
                                    known.size()));
        }
        return sized;
    }

    static List<String> ids(List<Part> parts) {
        List<String> ids = new ArrayList<>();
        for (Part part : parts) {
            Content content = part.content();
            if (content != null && !ids.contains(content.id())) {
                ids.add(content.id());
            }
        }
        return ids;
    }

    private Future<Boolean> isFor(String user, String id, Facts facts) {
        boolean sameApp = UserId.app(user).equals(UserId.app(facts.owner()));
        if (user.equals(facts.owner()) || !sameApp || UserId.isBackend(user)) {
            return Future.succeededFuture(sameApp);
        }
        return isSeen(user, id, 0);
    }

    private Future<Boolean> isSeen(String user, String id, int page) {
        return store.uses(id, page).compose(places -> {
            if (places.isEmpty()) {
                return Future.succeededFuture(false);
            }
            Map<String, List<Long>> used = new HashMap<>();
            places.forEach(place -> used.computeIfAbsent(place.conversation(), any -> new ArrayList<>())
                    .add(place.position()));
            List<Future<Boolean>> seen = used.entrySet().stream()
                    .map(use -> conversations
                            .sight(user, use.getKey())
                            .map(sight -> use.getValue().stream().anyMatch(sight::reaches)))
                    .toList();
            return Future.all(seen)
                    .compose(all -> all.<Boolean>list().contains(true)
                            ? Future.succeededFuture(true)
                            : isSeen(user, id, page + 1));
        });
    }
}
