package io.continuo.messaging.conversation;

import io.continuo.common.bus.Partitions;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.messaging.conversation.MessageStore.Place;
import io.continuo.messaging.conversation.MessageStore.Stored;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads how far messages have come: {@code …:receipts:<position>}, a hash, user → {@code DELIVERED} or {@code READ}, which
 * {@link MessageStore} writes, and what {@link ReadStore} keeps of those who have read a conversation as a whole.
 */
public final class ReceiptStore {
    private final RedisLink redis;
    private final Partitions partitions;

    public ReceiptStore(RedisLink redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
    }

    /**
     * How far {@code messages} have come with their recipients and {@code reader}, in their order: the further of a
     * message's own receipt and of what the recipient has read as a whole.
     */
    Future<List<Map<String, ReceiptStatus>>> statuses(List<Stored> messages, String reader) {
        return receipts(messages)
                .compose(receipts -> readUpTo(messages, reader).map(read -> {
                    for (int i = 0; i < messages.size(); i++) {
                        Place place = messages.get(i).place();
                        Map<String, ReceiptStatus> statuses = receipts.get(i);
                        read.getOrDefault(place.conversation(), Map.of()).forEach((user, position) -> {
                            if (place.position() <= position) {
                                statuses.put(user, ReceiptStatus.READ);
                            }
                        });
                    }
                    return receipts;
                }));
    }

    /** Conversation → recipient → position up to which they have read everything. */
    private Future<Map<String, Map<String, Long>>> readUpTo(List<Stored> messages, String reader) {
        Map<String, Set<String>> people = new LinkedHashMap<>();
        for (Stored message : messages) {
            Set<String> recipients =
                    people.computeIfAbsent(message.place().conversation(), id -> new LinkedHashSet<>(Set.of(reader)));
            recipients.addAll(message.recipients());
        }
        if (people.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        List<Request> requests = new ArrayList<>(people.size());
        people.forEach((conversation, users) -> {
            Request read = Request.cmd(Command.HMGET).arg(Keys.read(partitions.of(conversation), conversation));
            users.forEach(read::arg);
            requests.add(read);
        });
        return redis.batch(requests).map(answers -> {
            Map<String, Map<String, Long>> read = new HashMap<>();
            int i = 0;
            for (Map.Entry<String, Set<String>> entry : people.entrySet()) {
                read.put(entry.getKey(), positions(entry.getValue(), answers.get(i++)));
            }
            return read;
        });
    }

    private static Map<String, Long> positions(Set<String> users, Response answer) {
        Map<String, Long> positions = new HashMap<>();
        int i = 0;
        for (String user : users) {
            Response position = answer.get(i++);
            if (position != null) {
                positions.put(user, position.toLong());
            }
        }
        return positions;
    }

    /** Who has received or read {@code messages}, in their order. */
    private Future<List<Map<String, ReceiptStatus>>> receipts(List<Stored> messages) {
        if (messages.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Request> requests = messages.stream()
                .map(message -> Request.cmd(Command.HGETALL)
                        .arg(Keys.receipts(
                                partitions.of(message.place().conversation()),
                                message.place().conversation(),
                                message.place().position())))
                .toList();
        return redis.batch(requests)
                .map(answers -> answers.stream().map(ReceiptStore::receipts).toList());
    }

    private static Map<String, ReceiptStatus> receipts(Response hash) {
        Map<String, ReceiptStatus> statuses = new HashMap<>();
        hash.getKeys()
                .forEach(user ->
                        statuses.put(user, ReceiptStatus.valueOf(hash.get(user).toString())));
        return statuses;
    }

    /** Who has received or read the message at a place, also when it is deleted but not everyone was told. */
    public Future<Map<String, ReceiptStatus>> of(Place place) {
        return redis.send(Request.cmd(Command.HGETALL)
                        .arg(Keys.receipts(
                                partitions.of(place.conversation()), place.conversation(), place.position())))
                .map(ReceiptStore::receipts);
    }
}
