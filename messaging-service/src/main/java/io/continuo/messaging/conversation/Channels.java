package io.continuo.messaging.conversation;

import static io.continuo.common.bus.ErrorCode.ACCESS_DENIED;
import static io.continuo.common.bus.ErrorCode.CONFLICT;
import static io.continuo.common.bus.ErrorCode.ID_IN_USE;
import static io.continuo.common.bus.ErrorCode.NOT_FOUND;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.model.Channel;
import io.continuo.common.model.ChannelView;
import io.continuo.common.model.Membership;
import io.continuo.common.model.Person;
import io.continuo.common.model.UserId;
import io.continuo.messaging.history.HistoryStore;
import io.continuo.messaging.identity.Identities;
import io.continuo.messaging.outbox.Outbox;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** How users create and look at channels (protocol/layer.md §7.5, §13.9). They are changed as conversations are. */
public final class Channels {
    static final Reply UNKNOWN = Reply.Failure.of(NOT_FOUND, "There is no such channel.");
    static final Reply NO_MEMBER = Reply.Failure.of(ACCESS_DENIED, "You are not a member of this channel.");
    private static final Reply UNKNOWN_MEMBER = Reply.Failure.of(NOT_FOUND, "There is no such member.");

    private final ChannelStore store;
    private final ConversationStore conversations;
    private final Identities identities;
    private final HistoryStore history;
    private final Outbox outbox;

    public Channels(
            ChannelStore store,
            ConversationStore conversations,
            Identities identities,
            HistoryStore history,
            Outbox outbox) {
        this.store = store;
        this.conversations = conversations;
        this.identities = identities;
        this.history = history;
        this.outbox = outbox;
    }

    /** Creates a channel, unless there is one with its name. */
    public Future<Reply> create(ConversationRequest.CreateChannel request) {
        String digest = ChannelName.digest(request.user(), request.name());
        return conversations
                .claimDistinct(digest, request.conversationId())
                .compose(chosen -> create(request, chosen, digest));
    }

    /** As with distinct conversations, {@code id} may be somebody else's choice who has not come further yet. */
    private Future<Reply> create(ConversationRequest.CreateChannel request, String id, String digest) {
        TreeSet<String> people = new TreeSet<>(request.members());
        if (!UserId.isBackend(request.user())) {
            people.add(request.user());
        }
        String metadata = request.metadata() == null ? "" : StoredJson.text(request.metadata());
        return conversations
                .create(id, request.user(), List.copyOf(people), digest, metadata, request.name())
                .compose(creation -> switch (creation) {
                    case ConversationStore.Creation.Created created -> created(request, id, created);
                    case ConversationStore.Creation.Taken taken -> taken(request, id, digest, taken);
                });
    }

    private Future<Reply> created(
            ConversationRequest.CreateChannel request, String id, ConversationStore.Creation.Created created) {
        Channel channel = new Channel(id, request.name(), request.user(), created.createdAt(), request.metadata());
        outbox.accepted(created.accepted(), new Event.ChannelCreated(channel, request.user(), created.createdAt()));
        return outbox.settled(created.accepted())
                .compose(settled -> view(request.user(), channel))
                .map(view -> new Reply.ChannelFound(view, true, Position.BEGINNING));
    }

    private Future<Reply> taken(
            ConversationRequest.CreateChannel request,
            String id,
            String digest,
            ConversationStore.Creation.Taken taken) {
        boolean named = taken.digest().equals(digest);
        boolean repeated =
                id.equals(request.conversationId()) && taken.creator().equals(request.user());
        if (named && !repeated) {
            return conflict(request.user(), id);
        }
        Future<Void> unclaimed = named ? Future.succeededFuture() : conversations.unclaimDistinct(digest, id);
        boolean othersChoice = !id.equals(request.conversationId());
        return unclaimed.compose(gone -> othersChoice ? create(request) : inUse(request, taken));
    }

    private Future<Reply> inUse(ConversationRequest.CreateChannel request, ConversationStore.Creation.Taken taken) {
        Reply.Failure failure = Reply.Failure.of(ID_IN_USE, "A channel with this id exists.");
        return taken.creator().equals(request.user())
                ? with(failure, request.user(), request.conversationId())
                : Future.succeededFuture(failure);
    }

    /** That another channel has a name, and which. */
    Future<Reply> conflict(String user, String id) {
        return with(Reply.Failure.of(CONFLICT, "Another channel has this name."), user, id);
    }

    private Future<Reply> with(Reply.Failure failure, String user, String id) {
        return find(user, id)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(failure)
                        : view(user, found.get())
                                .map(view -> new Reply.Failure(
                                        failure.code(),
                                        failure.message(),
                                        null,
                                        new Reply.ChannelFound(view, false, Position.BEGINNING))));
    }

    public Future<Reply> get(ConversationRequest.GetChannel request) {
        return history.tail(request.user())
                .compose(tail -> find(request.user(), request.conversationId())
                        .compose(found -> found.isEmpty()
                                ? Future.succeededFuture(UNKNOWN)
                                : view(request.user(), found.get())
                                        .map(view -> new Reply.ChannelFound(view, false, tail))));
    }

    public Future<Reply> list(ConversationRequest.ListChannels request) {
        String name = request.name();
        Future<List<String>> ids = name == null
                ? store.idsOf(request.user())
                : store.named(ChannelName.digest(request.user(), name))
                        .map(id -> id.stream().toList());
        return history.tail(request.user())
                .compose(tail -> ids.compose(all -> {
                    int from = request.after() == null ? 0 : all.indexOf(request.after()) + 1;
                    if (request.after() != null && from == 0) {
                        return Future.succeededFuture(UNKNOWN);
                    }
                    List<String> page = all.subList(from, Math.min(all.size(), from + request.pageSize()));
                    // A name may be claimed for a channel that does not have it yet, or any more.
                    return store.read(page)
                            .compose(channels -> views(
                                    request.user(),
                                    channels.stream()
                                            .filter(channel -> name == null
                                                    || channel.name().equals(name))
                                            .toList()))
                            .map(views -> new Reply.ChannelPage(views, name == null ? all.size() : views.size(), tail));
                }));
    }

    public Future<Reply> members(ConversationRequest.ListMembers request) {
        return history.tail(request.user())
                .compose(tail -> ofMember(
                        request.user(),
                        request.conversationId(),
                        channel -> store.members(channel.id()).compose(all -> {
                            List<String> users =
                                    all.stream().map(ChannelStore.Joined::user).toList();
                            int from = request.after() == null ? 0 : users.indexOf(request.after()) + 1;
                            if (request.after() != null && from == 0) {
                                return Future.succeededFuture(UNKNOWN_MEMBER);
                            }
                            return memberships(
                                            channel, all.subList(from, Math.min(all.size(), from + request.pageSize())))
                                    .map(page -> new Reply.MemberPage(channel, page, all.size(), tail));
                        })));
    }

    /** Who is no member may ask for nobody but themselves, and learns that they are none. */
    public Future<Reply> member(ConversationRequest.GetMember request) {
        return history.tail(request.user())
                .compose(tail -> find(request.user(), request.conversationId())
                        .compose(found -> found.isEmpty()
                                ? Future.succeededFuture(UNKNOWN)
                                : request.member().equals(request.user())
                                        ? member(found.get(), request.member(), tail)
                                        : ofMember(
                                                request.user(),
                                                found.get().id(),
                                                channel -> member(channel, request.member(), tail))));
    }

    private Future<Reply> member(Channel channel, String user, Position tail) {
        return store.joined(user, channel.id())
                .compose(joined -> joined.isEmpty()
                        ? Future.succeededFuture(UNKNOWN_MEMBER)
                        : memberships(channel, List.of(new ChannelStore.Joined(user, joined.get())))
                                .map(one -> new Reply.MemberFound(one.getFirst(), channel, tail)));
    }

    private Future<List<Membership>> memberships(Channel channel, List<ChannelStore.Joined> members) {
        List<String> users = members.stream().map(ChannelStore.Joined::user).toList();
        return identities.people(users).map(people -> {
            List<Membership> memberships = new ArrayList<>(members.size());
            for (int i = 0; i < members.size(); i++) {
                memberships.add(new Membership(
                        channel.id(),
                        people.get(i),
                        channel.role(users.get(i)),
                        members.get(i).at()));
            }
            return memberships;
        });
    }

    /** A question about a channel. */
    @FunctionalInterface
    interface Question {
        Future<Reply> ask(Channel channel);
    }

    /** Asks for a member; the others hear that they are none, or that there is no such channel. */
    Future<Reply> ofMember(String user, String id, Question question) {
        return find(user, id)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(UNKNOWN)
                        : store.joined(user, id)
                                .compose(joined -> joined.isPresent() || UserId.isBackend(user)
                                        ? question.ask(found.get())
                                        : Future.succeededFuture(NO_MEMBER)));
    }

    /** The channel as far as the app of {@code user} has it. */
    Future<Optional<Channel>> find(String user, String id) {
        return store.read(id)
                .map(found ->
                        found.filter(channel -> UserId.app(channel.creator()).equals(UserId.app(user))));
    }

    /** Why somebody could not do something to a channel whose member they are not. */
    Future<Reply> refusal(String user, String id) {
        return find(user, id).map(found -> found.isEmpty() ? UNKNOWN : NO_MEMBER);
    }

    private Future<ChannelView> view(String user, Channel channel) {
        return views(user, List.of(channel)).map(List::getFirst);
    }

    private Future<List<ChannelView>> views(String user, List<Channel> channels) {
        return store.joined(user, channels.stream().map(Channel::id).toList()).map(joined -> {
            List<ChannelView> views = new ArrayList<>(channels.size());
            for (int i = 0; i < channels.size(); i++) {
                Channel channel = channels.get(i);
                views.add(new ChannelView(
                        channel,
                        joined.get(i)
                                .map(at -> new Membership(channel.id(), Person.of(user), channel.role(user), at))
                                .orElse(null)));
            }
            return views;
        });
    }
}
