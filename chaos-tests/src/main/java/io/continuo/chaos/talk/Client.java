package io.continuo.chaos.talk;

import io.continuo.chaos.log.ClientLog;
import io.continuo.chaos.log.Line;
import io.continuo.common.model.LayerId;
import io.continuo.load.wire.LoadLoop;
import io.continuo.load.wire.LoadSocket;
import io.continuo.load.wire.Packet;
import io.continuo.load.wire.SocketEvents;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One socket of one user, which behaves as docs/protocol.md asks of a client: it comes back after a random moment from the
 * last position that it has processed, makes sure that a silent socket still lives, and repeats under the same id what was
 * not answered. It writes down all that it sees. Belongs to the load's event loop.
 */
final class Client implements SocketEvents {
    private static final long SILENT_MS = 5_000;
    private static final long DEAD_MS = 10_000;
    private static final int READS_ONE_OF = 12;
    private static final int MOST_WAITING = 40;
    private static final Pattern SERVER = Pattern.compile("(?i)\r\ncontinuo-server: (\\S+)");
    private static final String PRESENT = """
            {"type":"request","body":{"method":"Presence.subscribe","request_id":"p1"}}""";
    private static final String ANNOUNCE = """
            {"type":"request","body":{"method":"Presence.update","request_id":"p2",\
            "data":[{"operation":"set","property":"status","value":"auto"}]}}""";
    private static final String ALIVE = """
            {"type":"request","body":{"method":"Counter.read","request_id":"alive"}}""";

    private final LoadLoop loop;
    private final Account account;
    private final ClientLog log;
    private final Random random;
    private final Pauses pauses;
    private final Outgoing outgoing;
    private @Nullable LoadSocket socket;
    private String position = "0-0";
    private String server = Line.NONE;
    private long heardMs;
    private boolean asked;
    private boolean gone;
    private boolean quiet;
    private Runnable reload = () -> {};

    /** Somebody who is logged in. */
    record Account(String user, String token) {}

    Client(LoadLoop loop, Account account, ClientLog log, Random random) {
        this.loop = loop;
        this.account = account;
        this.log = log;
        this.random = random;
        this.pauses = new Pauses(random);
        this.outgoing = new Outgoing(log, this::send);
    }

    String user() {
        return account.user();
    }

    String token() {
        return account.token();
    }

    ClientLog log() {
        return log;
    }

    /** The position of the last change that came. */
    String position() {
        return position;
    }

    /** The gateway that the balancer chose, as it calls it; {@link Line#NONE} while not connected. */
    String server() {
        return socket == null ? Line.NONE : server;
    }

    boolean isConnected() {
        return socket != null;
    }

    /** Whether all that was said has been answered. */
    boolean isAnswered() {
        return outgoing.isEmpty();
    }

    void connect() {
        if (!gone) {
            loop.open(account.token(), "&since=" + position, this);
        }
    }

    boolean hasLeft() {
        return gone;
    }

    /** Whether it is there, and does not wait for too many answers already. */
    boolean mayTalk() {
        return !gone && outgoing.size() < MOST_WAITING;
    }

    /** Says something, now or as soon as there is a socket. */
    void say(String conversation) {
        outgoing.say(conversation, LayerId.newUuid());
    }

    /** To be called now and then: looks after what was not answered, and after a socket that is silent. */
    void tick() {
        long now = System.currentTimeMillis();
        LoadSocket open = socket;
        if (open == null || gone) {
            return;
        }
        outgoing.repeatLate(now);
        if (now - heardMs > DEAD_MS) {
            open.cut();
        } else if (now - heardMs > SILENT_MS && !asked) {
            asked = true;
            open.send(ALIVE);
        }
    }

    /** Does not come back, however its socket ends. */
    void leave() {
        if (!gone) {
            gone = true;
            log.add(new Line.Left());
        }
    }

    /** Ends the socket, if there is one; the client does not come back. */
    void end() {
        gone = true;
        LoadSocket open = socket;
        if (open != null) {
            open.cut();
        }
    }

    /** Does nothing more by itself. */
    void beQuiet() {
        quiet = true;
    }

    /** Writes lines down if it is at a position, or {@code anyway}. Whether it has. */
    boolean writeIfAt(String at, boolean anyway, List<Line> lines) {
        boolean good = anyway || position.equals(at);
        if (good) {
            lines.forEach(log::add);
        }
        return good;
    }

    /** Goes on from what REST says, since the server does not know the client's position. */
    void restart(String from) {
        position = from;
        log.add(new Line.Restarted(from));
        connect();
    }

    private boolean send(String text) {
        LoadSocket open = socket;
        if (open == null) {
            return false;
        }
        open.send(text);
        return true;
    }

    @Override
    public void opened(LoadSocket opened, String head) {
        Matcher name = SERVER.matcher(head);
        server = name.find() ? name.group(1) : "direct";
        socket = opened;
        heardMs = System.currentTimeMillis();
        asked = false;
        pauses.succeeded();
        log.add(new Line.Opened(position, server));
        if (gone) {
            opened.cut();
            return;
        }
        opened.send(PRESENT);
        opened.send(ANNOUNCE);
        outgoing.repeatAll();
    }

    @Override
    public void packet(Packet packet) {
        heardMs = System.currentTimeMillis();
        asked = false;
        JsonObject json = new JsonObject(packet.text());
        Line.Packet line = PacketLines.of(json);
        log.add(line);
        line.position().ifPresent(at -> position = at);
        switch (line) {
            case Line.MessageCreated created -> read(created);
            case Line.Resumed resumed -> resumed(resumed);
            case Line.Other other -> outgoing.answer(json.getJsonObject("body"));
            case Line.ConversationUpdated updated -> {}
            case Line.OtherChange change -> {}
            case Line.Presence presence -> {}
        }
    }

    /** Reads one message of some, so that receipts and unread counts flow too. */
    private void read(Line.MessageCreated created) {
        if (!quiet && random.nextInt(READS_ONE_OF) == 0) {
            send("{\"type\":\"request\",\"body\":{\"method\":\"Receipt.create\",\"request_id\":\"read\",\"object_id\":"
                    + "\"layer:///messages/" + created.message() + "\",\"data\":{\"type\":\"read\"}}}");
        }
    }

    private void resumed(Line.Resumed resumed) {
        if (!resumed.verdict().equals("complete")) {
            pauses.reload();
            Objects.requireNonNull(socket).cut();
        }
    }

    @Override
    public void closed(int code, String reason) {
        socket = null;
        log.add(new Line.Closed(code, reason));
        if (gone) {
            return;
        }
        if (code == NEVER_OPENED) {
            pauses.failed();
        }
        Duration pause = pauses.next();
        if (pauses.takeReload()) {
            loop.after(pause, reload);
        } else {
            loop.after(pause, this::connect);
        }
    }

    /** What to do when all has to be loaded by REST; it must call {@link #restart} on the loop. */
    void onReload(Runnable task) {
        reload = task;
    }

    /** An id without what stands before its last slash. */
    static String uuid(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
