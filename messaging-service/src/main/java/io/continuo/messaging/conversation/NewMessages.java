package io.continuo.messaging.conversation;

import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.Partitions;
import io.continuo.common.model.Message;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.conversation.EditStore.Draft;
import io.continuo.messaging.conversation.MessageStore.Place;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.history.ShortId;
import io.continuo.messaging.outbox.Accepted;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How messages come into the {@link MessageStore}. */
public final class NewMessages {
    private static final Script CREATE =
            Script.load(NewMessages.class, "outbox.lua", "edit.lua", "veils.lua", "create_message.lua");
    private static final Script UNCLAIM = Script.load(NewMessages.class, "unclaim.lua");

    private final RedisLink redis;
    private final Partitions partitions;
    private final MessageStore store;

    /** @param store of the same {@code redis} */
    public NewMessages(RedisLink redis, Partitions partitions, MessageStore store) {
        this.redis = redis;
        this.partitions = partitions;
        this.store = store;
    }

    /** What the create script found. */
    sealed interface Creation {
        /**
         * @param total messages in the conversation, this one included
         * @param isUneven whether some participants have a total of their own
         * @param recipients all participants; empty in a large room
         * @param response the change that a response has made to what it responds to
         */
        record Created(
                Accepted accepted,
                long position,
                long sentAt,
                int total,
                boolean isUneven,
                List<String> recipients,
                @Nullable Accepted response)
                implements Creation {}

        /** The response was made from what is old by now, or to what is gone. */
        record Overtaken() implements Creation {}

        /** The id is a message's, in this conversation or in another. */
        record Repeated(Place place) implements Creation {}

        record NeverTookPart() implements Creation {}

        record TakesPartNoMore() implements Creation {}
    }

    /**
     * The first to name an id has it, whatever the conversation, before the message itself is there: whoever learns of it
     * can ask for it.
     *
     * @param asker the sender, or a backend in whose app anybody may be the sender
     * @param response what a response makes of the message that it responds to; null when it is none
     */
    Future<Creation> create(
            String asker, MessageRequest.CreateMessage message, int largeRoom, @Nullable Draft response) {
        String conversation = message.conversationId();
        String id = message.messageId();
        String index = Keys.messageIndex(id);
        return redis.send(Request.cmd(Command.SET).arg(index).arg(conversation).arg("NX"))
                .compose(claimed -> claimed != null
                        ? run(asker, message, largeRoom, response)
                                .compose(creation -> letGo(creation, index, conversation))
                        : redis.send(Request.cmd(Command.GET).arg(index)).compose(holder -> {
                            if (holder == null) {
                                return create(asker, message, largeRoom, response);
                            }
                            return holder.toString().equals(conversation)
                                    ? run(asker, message, largeRoom, response)
                                    : store.find(holder.toString(), id)
                                            .map(place -> new Creation.Repeated(
                                                    place.orElse(new Place(holder.toString(), 0))));
                        }));
    }

    /** Who may not send has no use for the id. */
    private Future<Creation> letGo(Creation creation, String index, String conversation) {
        boolean refused = creation instanceof Creation.NeverTookPart || creation instanceof Creation.TakesPartNoMore;
        return refused
                ? redis.run(UNCLAIM, List.of(index), conversation).map(creation)
                : Future.succeededFuture(creation);
    }

    private Future<Creation> run(
            String asker, MessageRequest.CreateMessage message, int largeRoom, @Nullable Draft response) {
        String conversation = message.conversationId();
        String id = message.messageId();
        int partition = partitions.of(conversation);
        List<String> keys = List.of(
                Keys.conversation(partition, conversation),
                Keys.participants(partition, conversation),
                Keys.messages(partition, conversation),
                Keys.messageIds(partition, conversation),
                Keys.stamp(partition),
                Keys.outbox(partition),
                Keys.former(partition, conversation),
                Keys.edits(partition, conversation),
                Keys.veils(partition, conversation));
        List<Object> args = new ArrayList<>(List.of(
                message.user(),
                id,
                StoredJson.text(message.parts()),
                largeRoom,
                Message.POSITION_STEP,
                ShortId.of(conversation),
                asker,
                message.notification() == null ? "" : StoredJson.text(message.notification())));
        if (response != null) {
            args.addAll(List.of(
                    response.place().position(),
                    response.from(),
                    response.at(),
                    StoredJson.text(response.parts()),
                    response.ref().text()));
        }
        return redis.run(CREATE, keys, args.toArray())
                .map(answer -> creation(partition, conversation, answer, response));
    }

    private static Creation creation(int partition, String conversation, Response answer, @Nullable Draft response) {
        return switch (answer.get(0).toInteger()) {
            case 1 -> {
                EventRef.MessageCreated ref =
                        (EventRef.MessageCreated) EventRef.parse(answer.get(5).toString());
                Accepted accepted = new Accepted(
                        partition, answer.get(3).toLong(), answer.get(4).toLong(), ref);
                List<String> recipients =
                        answer.get(6).stream().map(Response::toString).toList();
                Accepted responded = response == null
                        ? null
                        : new Accepted(partition, answer.get(7).toLong(), accepted.stamp(), response.ref());
                yield new Creation.Created(
                        accepted,
                        ref.position(),
                        answer.get(2).toLong(),
                        ref.total(),
                        !ref.fewer().isEmpty(),
                        recipients,
                        responded);
            }
            case 0 ->
                new Creation.Repeated(new Place(conversation, answer.get(1).toLong()));
            case -3 -> new Creation.Overtaken();
            case -2 -> new Creation.TakesPartNoMore();
            default -> new Creation.NeverTookPart();
        };
    }
}
