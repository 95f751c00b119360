package io.continuo.standalone.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A user who stays: whenever the socket breaks, another is opened, wherever {@code gateways} says, from the position of
 * the last packet. Insists that every packet of the history comes once, in order, and that every verdict is complete, or,
 * where something may get lost, that it is about what this user has; what is wrong is kept in {@link #faults}.
 */
public final class Steady implements AutoCloseable {
    private static final long AGAIN_MS = 100;
    private static final int ANSWER_SECONDS = 8;

    private final String user;
    private final Supplier<String> gateways;
    private final Map<String, List<String>> messages = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final List<JsonObject> signals = new ArrayList<>();
    private final Thread thread;
    private final List<String> losses = new ArrayList<>();
    private final List<Integer> codes = new ArrayList<>();
    private final Map<String, String> seen = new HashMap<>();
    private final boolean mayLose;
    private String position = "0-0";
    private long sequence;
    private int resumptions;
    private volatile @Nullable Socket socket;
    private volatile boolean closed;
    private volatile boolean away;

    /** @param gateways the base of the next gateway to try */
    public Steady(String user, Supplier<String> gateways) {
        this(user, gateways, false);
    }

    /** @param mayLose whether a verdict may be that something is lost */
    public Steady(String user, Supplier<String> gateways, boolean mayLose) {
        this.user = user;
        this.mayLose = mayLose;
        this.gateways = gateways;
        thread = Thread.startVirtualThread(this::stay);
    }

    /** Says something, again and again until it is acknowledged; answers the message's id. */
    public String say(String conversation, String text) throws Exception {
        JsonArray parts = new JsonArray()
                .add(new JsonObject().put("mime_type", "text/plain").put("body", text));
        String id = Rest.newId("messages");
        insist("Message.create", conversation, new JsonObject().put("id", id).put("parts", parts));
        return id;
    }

    /** Makes a conversation; answers its id. */
    public String converse(List<String> participants) throws Exception {
        String id = Rest.newId("conversations");
        insist(
                "Conversation.create",
                null,
                new JsonObject().put("id", id).put("participants", new JsonArray(participants)));
        return id;
    }

    /** Sends a packet, if there is a socket. */
    public void send(JsonObject packet) {
        Socket open = socket;
        if (open != null) {
            open.send(packet);
        }
    }

    private void insist(String method, @Nullable String object, JsonObject data) throws Exception {
        while (!closed) {
            Socket open = socket;
            if (open == null) {
                Thread.sleep(AGAIN_MS);
                continue;
            }
            try {
                JsonObject answer = open.request(method, object, data).get(ANSWER_SECONDS, TimeUnit.SECONDS);
                if (answer.getBoolean("success") || isKnown(answer)) {
                    return;
                }
            } catch (TimeoutException | ExecutionException | CompletionException lost) {
                // perhaps it was done, perhaps not: the next attempt has the same id
            }
            Thread.sleep(AGAIN_MS);
        }
        throw new IllegalStateException(user + " was closed");
    }

    private static boolean isKnown(JsonObject answer) {
        String error = answer.getJsonObject("data").getString("id");
        return "id_in_use".equals(error) || "conflict".equals(error);
    }

    private void stay() {
        while (!closed) {
            if (!away) {
                connect();
            }
            try {
                Thread.sleep(AGAIN_MS);
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private void connect() {
        try {
            String gateway = gateways.get();
            String token = Rest.login(gateway, user).token();
            Socket opened = Socket.open(gateway, token, "layer-2.0", "&since=" + position(), this::take);
            socket = opened;
            closedWith(opened.closed().join());
            socket = null;
            opened.faults().forEach(this::fault);
        } catch (Exception away) {
            socket = null;
        }
    }

    private synchronized void take(JsonObject packet) {
        JsonObject body = packet.getJsonObject("body");
        switch (packet.getString("type")) {
            case "change" -> change(packet.getString("position"), body);
            case "operation" -> {
                if ("Session.resumed".equals(body.getString("method"))) {
                    resumptions++;
                    verdict(body.getJsonObject("data"));
                }
            }
            case "signal" -> signals.add(body);
            default -> {}
        }
    }

    private void verdict(JsonObject verdict) {
        if ("complete".equals(verdict.getString("verdict"))) {
            return;
        }
        if (!mayLose || !"lost".equals(verdict.getString("verdict"))) {
            fault("verdict " + verdict.encode());
        }
        if (!position.equals(verdict.getString("from"))) {
            fault("verdict " + verdict.encode() + " at " + position);
        }
        losses.add(verdict.getString("from") + " " + verdict.getString("to"));
        position = verdict.getString("to");
        sequence = sequence(position);
    }

    private static long sequence(String position) {
        return Long.parseLong(position.substring(position.indexOf('-') + 1));
    }

    private void change(String at, JsonObject body) {
        long next = sequence(at);
        if (seen.put(at, body.encode()) != null) {
            fault("position " + at + " once more");
        }
        if (next != sequence + 1) {
            fault("position " + at + " after " + position);
        }
        sequence = next;
        position = at;
        JsonObject object = body.getJsonObject("object");
        if (object.getString("type").equals("Message")
                && body.getString("operation").equals("create")) {
            String conversation =
                    body.getJsonObject("data").getJsonObject("conversation").getString("id");
            messages.computeIfAbsent(conversation, first -> new ArrayList<>()).add(object.getString("id"));
        }
    }

    /** The last position that it has had. */
    public synchronized String position() {
        return position;
    }

    private synchronized void closedWith(int code) {
        codes.add(code);
    }

    /** With which code each socket was closed that is not there any more. */
    public synchronized List<Integer> codes() {
        return List.copyOf(codes);
    }

    private synchronized void fault(String what) {
        faults.add(user + ": " + what);
    }

    /** The messages of a conversation, as they came. */
    public synchronized List<String> messages(String conversation) {
        return List.copyOf(messages.getOrDefault(conversation, List.of()));
    }

    /** The bodies of the signals that came. */
    public synchronized List<JsonObject> signals() {
        return List.copyOf(signals);
    }

    /** What it was told to have lost, {@code <from> <to>} each. */
    public synchronized List<String> losses() {
        return List.copyOf(losses);
    }

    /** How often it has been told a verdict. */
    public synchronized int resumptions() {
        return resumptions;
    }

    public boolean isConnected() {
        return socket != null;
    }

    /** What was against the promise; empty when all is well. */
    public synchronized List<String> faults() {
        List<String> all = new ArrayList<>(faults);
        Socket open = socket;
        if (open != null) {
            all.addAll(open.faults());
        }
        return all;
    }

    /** Cuts the socket, as a pulled cable would. */
    public void cut() {
        Socket open = socket;
        if (open != null) {
            open.cut();
        }
    }

    /** Leaves, and does not come back before {@link #goOn}. */
    public void pause() {
        away = true;
        cut();
    }

    /** Comes back. */
    public void goOn() {
        away = false;
    }

    @Override
    public void close() {
        closed = true;
        cut();
        thread.interrupt();
    }
}
