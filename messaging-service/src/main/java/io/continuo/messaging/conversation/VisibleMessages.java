package io.continuo.messaging.conversation;

import io.continuo.messaging.conversation.MessageStore.Stored;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** A conversation's messages without those that are hidden from whoever reads them. */
final class VisibleMessages {
    private static final int SMALLEST_READ = 20;

    private final MessageStore messages;
    private final HiddenStore hidden;

    VisibleMessages(MessageStore messages, HiddenStore hidden) {
        this.messages = messages;
        this.hidden = hidden;
    }

    /** A page of a conversation, newest first, of what is older than {@code before}. */
    Future<List<Stored>> page(String user, String conversation, long before, int limit) {
        return page(user, conversation, before, limit, new ArrayList<>());
    }

    private Future<List<Stored>> page(String user, String conversation, long before, int limit, List<Stored> found) {
        int wanted = limit - found.size();
        int reading = Math.max(wanted, SMALLEST_READ);
        return messages.page(conversation, before, reading).compose(read -> {
            if (read.isEmpty()) {
                return Future.succeededFuture(found);
            }
            long oldest = read.getLast().place().position();
            return hidden.between(
                            user, conversation, oldest, read.getFirst().place().position())
                    .compose(positions -> {
                        read.stream()
                                .filter(message ->
                                        !positions.contains(message.place().position()))
                                .limit(wanted)
                                .forEach(found::add);
                        return found.size() == limit || read.size() < reading
                                ? Future.succeededFuture(found)
                                : page(user, conversation, oldest, limit, found);
                    });
        });
    }

    /**
     * The newest message that {@code user} may see of each conversation that has one.
     *
     * @param hiddenCounts how many messages of each conversation are hidden from the user
     */
    Future<List<Stored>> newest(String user, List<ConversationStore.Stored> conversations, List<Integer> hiddenCounts) {
        List<ConversationStore.Stored> plain = new ArrayList<>();
        List<Future<List<Stored>>> reads = new ArrayList<>();
        for (int i = 0; i < conversations.size(); i++) {
            ConversationStore.Stored conversation = conversations.get(i);
            if (hiddenCounts.get(i) == 0) {
                plain.add(conversation);
            } else {
                long before = MessageStore.after(conversation.lastVisible(user));
                reads.add(page(user, conversation.id(), before, 1));
            }
        }
        reads.add(messages.newest(user, plain));
        return Future.all(reads)
                .map(all ->
                        all.<List<Stored>>list().stream().flatMap(List::stream).toList());
    }
}
