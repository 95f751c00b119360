package io.continuo.load.room;

import io.continuo.load.wire.LoadClient;
import io.continuo.load.wire.Packet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** One conversation, its members, and which of its messages are still on their way. Belongs to the load's loop. */
public final class Room {
    static final int MOST_UNDERWAY = 4096;
    private static final int TEXT_BYTES = 200;
    private static final int NUMBER_BITS = 40;

    private final int index;
    private final String id = "layer:///conversations/" + UUID.randomUUID();
    private final List<LoadClient> members;
    private final List<LoadClient> authors;
    private final long[] sentAt = new long[MOST_UNDERWAY];
    private final int[] missing = new int[MOST_UNDERWAY];
    private long sent;
    private int underway;

    /** @param authors the members who write */
    Room(int index, List<LoadClient> members, List<LoadClient> authors) {
        this.index = index;
        this.members = members;
        this.authors = authors;
    }

    /** The room that a {@link Packet#mark} names. */
    static int index(long mark) {
        return (int) (mark >>> NUMBER_BITS);
    }

    List<LoadClient> members() {
        return members;
    }

    /** Messages that some member has not received. */
    int underway() {
        return underway;
    }

    /** Asks the server for the conversation (protocol/layer.md §7.2). */
    void create() {
        JsonArray participants = new JsonArray();
        members.forEach(member -> participants.add("layer:///identities/" + member.user()));
        JsonObject data =
                new JsonObject().put("id", id).put("participants", participants).put("distinct", false);
        members.getFirst().send(request("Conversation.create", "c" + index, new JsonObject().put("data", data)));
    }

    /** Sends a message from some author; false when that one is not connected or too many messages are underway. */
    boolean send(long now) {
        LoadClient author = authors.get(ThreadLocalRandom.current().nextInt(authors.size()));
        if (!author.connected() || underway >= MOST_UNDERWAY / 2 || missing[slot(sent)] > 0) {
            return false;
        }
        sentAt[slot(sent)] = now;
        missing[slot(sent)] = members.size();
        underway++;
        author.send(message(sent++));
        return true;
    }

    /**
     * One member received a message.
     *
     * @return when it was sent, in nanoseconds
     */
    long delivered(long mark) {
        int slot = slot(mark);
        if (--missing[slot] == 0) {
            underway--;
        }
        return sentAt[slot];
    }

    /** Whether every member has received a message. */
    boolean complete(long mark) {
        return missing[slot(mark)] == 0;
    }

    private static int slot(long number) {
        return (int) (number & MOST_UNDERWAY - 1);
    }

    private String message(long number) {
        String mark = Packet.MARK + HexFormat.of().toHexDigits((long) index << NUMBER_BITS | number);
        String text = mark + "x".repeat(TEXT_BYTES - mark.length());
        JsonArray parts = new JsonArray()
                .add(new JsonObject().put("mime_type", "text/plain").put("body", text));
        ThreadLocalRandom random = ThreadLocalRandom.current();
        JsonObject data = new JsonObject()
                .put("id", "layer:///messages/" + new UUID(random.nextLong(), random.nextLong()))
                .put("parts", parts);
        return request(
                "Message.create",
                "m" + number,
                new JsonObject().put("object_id", id).put("data", data));
    }

    private static String request(String method, String requestId, JsonObject body) {
        body.put("method", method).put("request_id", requestId);
        return new JsonObject().put("type", "request").put("body", body).encode();
    }
}
