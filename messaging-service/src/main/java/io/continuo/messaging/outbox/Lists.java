package io.continuo.messaging.outbox;

import io.continuo.common.event.Event;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.Person;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.LimitSettings;
import io.continuo.messaging.conversation.ConversationStore;
import io.continuo.messaging.identity.Relations;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * What a user finds by their own name: their conversations, whom they follow. Brought up to date before the user hears of
 * the event; all of it may be repeated.
 */
public final class Lists {
    private final RedisLink redis;
    private final ConversationStore conversations;
    private final Relations relations;
    private final LimitSettings limits;

    public Lists(RedisLink redis, ConversationStore conversations, Relations relations, LimitSettings limits) {
        this.redis = redis;
        this.conversations = conversations;
        this.relations = relations;
        this.limits = limits;
    }

    /** @param users to whom the conversation is new */
    Future<Void> add(Conversation conversation, List<String> users) {
        List<String> everybody =
                conversation.participants().stream().map(Person::userId).toList();
        List<Request> requests =
                new ArrayList<>(conversations.list(conversation.id(), conversation.createdAt(), users));
        if (everybody.size() > 1 && everybody.size() <= limits.largeRoom()) {
            requests.addAll(relations.followEachOther(everybody));
        }
        return redis.batch(requests).mapEmpty();
    }

    /** Sharing a channel does not make people follow each other. */
    Future<Void> add(Event.ChannelCreated created, List<String> users) {
        return redis.batch(conversations.list(created.channel().id(), created.joinedAt(), users))
                .mapEmpty();
    }

    /** @param users for whom the conversation is gone */
    Future<Void> remove(String conversation, List<String> users) {
        return redis.batch(conversations.unlist(conversation, users)).mapEmpty();
    }
}
