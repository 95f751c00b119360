package io.continuo.messaging.history;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.event.Position;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.Loops;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.common.settings.HistorySettings;
import io.continuo.messaging.account.Blocks;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The clients' histories in Redis.
 *
 * <ul>
 *   <li>{@code {u:<user>}:history}: a stream; an entry's id is the position of its event's last packet, its field,
 *       see {@link Entry}, an {@link EventRef}, after the unread count if the event touches it.
 *   <li>{@code {u:<user>}:client}: a hash with the {@code tail}, the {@code loops} (see {@link Loops}), the unread counts
 *       and, for each partition, the newest stamp taken from it, by which a repeated fan-out is recognised; and the
 *       client's ledger, see {@link Ledgers}.
 * </ul>
 */
public final class HistoryStore {
    /** Clients per call of the append script: long enough to be cheap, short enough not to block Redis. */
    private static final int CLIENTS_PER_CALL = 100;

    private static final int CALLS_AT_ONCE = 8;

    /** Most positions that one event takes. */
    private static final int LONGEST_SPAN = 2;

    /** How long what is kept of a canary outlives its last song. */
    private static final int FADING_MS = 60_000;

    /** What the append script answers for the unread count of a client that had the event before. */
    private static final int TAKEN_BEFORE = -2;

    /** What it answers for that of a client that has blocked the sender. */
    private static final int SENDER_BLOCKED = -3;

    private static final Script APPEND = Script.load(HistoryStore.class, "append.lua");
    private static final Script ATTACH = Script.load(HistoryStore.class, "loops.lua", "attach.lua");
    private static final Script DETACH = Script.load(HistoryStore.class, "loops.lua", "detach.lua");

    private final RedisLink redis;
    private final HistorySettings settings;
    private final Ledgers ledgers;

    public HistoryStore(RedisLink redis, HistorySettings settings, Ledgers ledgers) {
        this.redis = redis;
        this.settings = settings;
        this.ledgers = ledgers;
    }

    /** How an event changes a client's history and unread count. */
    public enum Way {
        /** Two packets: a message and the conversation's update, for its sender. */
        SENT("s"),
        /** Two packets, one more unread. */
        RECEIVED("u"),
        /** Two packets, one less unread. */
        READ("r"),
        /** Two packets, and so many unread. */
        LEFT_UNREAD("="),
        /** Two packets, so many less unread. */
        READ_MORE("-"),
        /** One packet. */
        SIMPLE("o"),
        /** One packet, and the unread count is forgotten. */
        GONE("g");

        private final String code;

        Way(String code) {
            this.code = code;
        }
    }

    /**
     * A client and how the event concerns it.
     *
     * @param number for a way that says "so many", else 0
     */
    public record Target(String user, Way way, int number) {
        public Target(String user, Way way) {
            this(user, way, 0);
        }

        private String code() {
            return way == Way.LEFT_UNREAD || way == Way.READ_MORE ? way.code + number : way.code;
        }
    }

    /**
     * Where an event has come to lie in a client's history.
     *
     * @param fresh false when this client had the event before; {@code position} is then the tail
     * @param loops gateway loops that hold a connection of the client
     */
    public record Appended(String user, boolean fresh, Position position, int unread, List<String> loops) {}

    /**
     * Appends an event to the histories of {@code targets}, but for those who have blocked its sender; ends when all have
     * it and tells whom it was kept from.
     *
     * @param stamp of the event in its partition; what a client took before is not appended again
     * @param sender whose events are kept from those who have blocked them; empty when nobody's are
     * @param onAppended told of some clients at a time, as soon as they have it
     */
    public Future<List<String>> append(
            int partition,
            long stamp,
            EventRef ref,
            String sender,
            List<Target> targets,
            Consumer<List<Appended>> onAppended) {
        List<String> keptFrom = new ArrayList<>(0);
        return appendFrom(0, partition, stamp, ref, sender, targets, told -> {
                    onAppended.accept(told.told);
                    keptFrom.addAll(told.keptFrom);
                })
                .map(done -> keptFrom);
    }

    /** Some calls at once keep Redis busy; more would only lie in memory, and they may be very many. */
    private Future<Void> appendFrom(
            int start,
            int partition,
            long stamp,
            EventRef ref,
            String sender,
            List<Target> targets,
            Consumer<Told> onTold) {
        int end = Math.min(targets.size(), start + CALLS_AT_ONCE * CLIENTS_PER_CALL);
        List<Future<Void>> calls = new ArrayList<>();
        for (int from = start; from < end; from += CLIENTS_PER_CALL) {
            List<Target> chunk = List.copyOf(targets.subList(from, Math.min(end, from + CLIENTS_PER_CALL)));
            calls.add(appendAll(partition, stamp, ref, sender, chunk).map(told -> {
                onTold.accept(told);
                return null;
            }));
        }
        Future<Void> all =
                calls.size() == 1 ? calls.getFirst() : Future.all(calls).mapEmpty();
        return end == targets.size()
                ? all
                : all.compose(done -> appendFrom(end, partition, stamp, ref, sender, targets, onTold));
    }

    /** Those of {@code users} whose histories hold something of a partition that came after {@code stamp}. */
    public Future<List<String>> whoKept(int partition, long stamp, List<String> users) {
        return users.isEmpty()
                ? Future.succeededFuture(List.of())
                : redis.batch(users.stream()
                                .map(user -> Request.cmd(Command.HGET)
                                        .arg(Keys.client(user))
                                        .arg(taken(partition)))
                                .toList())
                        .map(answers -> IntStream.range(0, users.size())
                                .filter(i -> isAfter(answers.get(i), stamp))
                                .mapToObj(users::get)
                                .toList());
    }

    private static boolean isAfter(@Nullable Response taken, long stamp) {
        return taken != null && taken.toLong() > stamp;
    }

    /** Where a client hash holds the newest stamp that was taken from a partition. */
    private static String taken(int partition) {
        return "p" + partition;
    }

    /** @param keptFrom those who have blocked the sender */
    private record Told(List<Appended> told, List<String> keptFrom) {}

    /** In one call, unless a Redis Cluster wants one for each slot. */
    private Future<Told> appendAll(int partition, long stamp, EventRef ref, String sender, List<Target> targets) {
        List<List<Target>> groups = redis.groups(targets, target -> Keys.client(target.user()));
        if (groups.size() == 1) {
            return appendChunk(partition, stamp, ref, sender, groups.getFirst());
        }
        return Future.all(groups.stream()
                        .map(group -> appendChunk(partition, stamp, ref, sender, group))
                        .toList())
                .map(answers -> new Told(
                        answers.<Told>list().stream()
                                .flatMap(answer -> answer.told.stream())
                                .toList(),
                        answers.<Told>list().stream()
                                .flatMap(answer -> answer.keptFrom.stream())
                                .toList()));
    }

    private Future<Told> appendChunk(int partition, long stamp, EventRef ref, String sender, List<Target> chunk) {
        List<String> keys = new ArrayList<>(chunk.size() * 2);
        Object[] args = new Object[7 + chunk.size()];
        args[0] = taken(partition);
        args[1] = stamp;
        args[2] = Entry.value(ref);
        args[3] = ref instanceof EventRef.InConversation counted ? unreadField(counted.conversationId()) : "";
        args[4] = settings.maxEvents();
        args[5] = settings.retention().toMillis();
        args[6] = sender.isEmpty() ? "" : Blocks.field(sender);
        for (int i = 0; i < chunk.size(); i++) {
            String user = chunk.get(i).user();
            keys.add(Keys.history(user));
            keys.add(Keys.client(user));
            args[7 + i] = chunk.get(i).code();
        }
        return redis.runForGroup(APPEND, keys, args)
                .map(answers -> appended(chunk, answers))
                .compose(this::open);
    }

    /** Who has something in the history for the first time, or perhaps had before a crash, has a ledger from now on. */
    private Future<Told> open(Told told) {
        List<String> newcomers = told.told.stream()
                .filter(one -> !one.fresh() || one.position().seq() <= LONGEST_SPAN)
                .map(Appended::user)
                .filter(user -> !UserId.isCanary(user))
                .toList();
        return newcomers.isEmpty()
                ? Future.succeededFuture(told)
                : ledgers.opened(newcomers).map(told);
    }

    private static Told appended(List<Target> chunk, Response answers) {
        List<Appended> told = new ArrayList<>(chunk.size());
        List<String> keptFrom = new ArrayList<>(0);
        for (int i = 0; i < chunk.size(); i++) {
            String user = chunk.get(i).user();
            String[] answer = answers.get(i).toString().split(" ", 3);
            int unread = Integer.parseInt(answer[1]);
            if (unread == SENDER_BLOCKED) {
                keptFrom.add(user);
            } else {
                Position position = Position.parse(answer[0]).orElseThrow();
                told.add(new Appended(user, unread != TAKEN_BEFORE, position, unread, Loops.addresses(answer[2])));
            }
        }
        return new Told(told, keptFrom);
    }

    /**
     * What {@link #attach} found.
     *
     * @param had the sequence up to which the client's ledger knows what became of everything
     * @param rule empty unless the client resumes
     */
    record Attachment(long timeMs, Position tail, long had, Optional<VerdictRule> rule) {}

    /** What came of an attempt to register a loop. */
    sealed interface Attaching {
        record Attached(Attachment attachment) implements Attaching {}

        record SessionEnded() implements Attaching {}

        record UserSuspended() implements Attaching {}
    }

    /** Registers a loop for a client. */
    Future<Attaching> attach(HistoryRequest.Attach request) {
        String user = request.user();
        Position since = request.since();
        List<String> keys = List.of(
                Keys.client(user),
                Keys.history(user),
                Keys.revoked(user, request.sessionId()),
                Keys.sessionsEnded(user));
        String from = since == null ? "" : since.toString();
        Object keep = UserId.isCanary(user) ? FADING_MS : "";
        return redis.run(ATTACH, keys, request.loop(), request.token(), from, request.beganMs(), keep)
                .map(HistoryStore::attaching);
    }

    private static Attaching attaching(Response answer) {
        if (answer.size() > 1) {
            return new Attaching.Attached(attachment(answer));
        }
        return answer.get(0).toInteger() == -1 ? new Attaching.SessionEnded() : new Attaching.UserSuspended();
    }

    private static Attachment attachment(Response answer) {
        Position tail = tail(answer.get(1));
        Optional<VerdictRule> rule = answer.size() == 3
                ? Optional.empty()
                : Optional.of(new VerdictRule(tail, only(answer.get(3)), only(answer.get(4)), only(answer.get(5))));
        return new Attachment(answer.get(0).toLong(), tail, answer.get(2).toLong(), rule);
    }

    private static Optional<Entry> only(Response entries) {
        return Entry.list(entries).stream().findFirst();
    }

    /** Keeps of a canary only what is needed for its next song, and nothing once it sings no more. */
    public Future<Void> letFade(String canary) {
        Request client = Request.cmd(Command.PEXPIRE).arg(Keys.client(canary)).arg(FADING_MS);
        Request history = Request.cmd(Command.PEXPIRE).arg(Keys.history(canary)).arg(FADING_MS);
        Request trim = Request.cmd(Command.XTRIM)
                .arg(Keys.history(canary))
                .arg("MAXLEN")
                .arg(1);
        return redis.batch(List.of(client, history, trim)).mapEmpty();
    }

    Future<Void> detach(String user, String loop, long token) {
        return redis.run(DETACH, List.of(Keys.client(user)), loop, token).mapEmpty();
    }

    /** Forgets a gateway loop that nobody listens to, unless its process lives: then it is only out of our reach. */
    public void forget(List<String> users, String loop) {
        redis.send(Request.cmd(Command.EXISTS).arg(Keys.node(Addresses.nodeOf(loop))))
                .onSuccess(lives -> {
                    if (lives.toInteger() == 0) {
                        users.forEach(user -> detach(user, loop, Long.MAX_VALUE));
                    }
                });
    }

    /**
     * A stretch of a history.
     *
     * @param tail of the history, read after the entries
     */
    record Page(List<Entry> entries, Position tail) {}

    Future<Page> read(String user, Position after, int limit) {
        Request range = Request.cmd(Command.XRANGE)
                .arg(Keys.history(user))
                .arg("(" + after)
                .arg("+")
                .arg("COUNT")
                .arg(limit);
        return redis.batch(List.of(range, tailOf(user)))
                .map(answers -> new Page(Entry.list(answers.get(0)), tail(answers.get(1))));
    }

    /** The tail of one client's history. */
    public Future<Position> tail(String user) {
        return redis.send(tailOf(user)).map(HistoryStore::tail);
    }

    /** The tails of several histories, and Redis time from before they were read. */
    Future<Tails> tails(List<String> users) {
        List<Request> requests = new ArrayList<>(users.size() + 1);
        requests.add(Request.cmd(Command.TIME));
        users.forEach(user -> requests.add(tailOf(user)));
        return redis.batch(requests).map(answers -> {
            Response time = answers.getFirst();
            long ms = time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000;
            return new Tails(
                    ms, answers.stream().skip(1).map(HistoryStore::tail).toList());
        });
    }

    record Tails(long timeMs, List<Position> positions) {}

    /** A user's unread counts in {@code conversations}, in their order. */
    public Future<List<Integer>> unread(String user, List<String> conversations) {
        if (conversations.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Request counts = Request.cmd(Command.HMGET).arg(Keys.client(user));
        conversations.forEach(conversation -> counts.arg(unreadField(conversation)));
        return redis.send(counts)
                .map(answer -> answer.stream()
                        .map(count -> count == null ? 0 : count.toInteger())
                        .toList());
    }

    private static String unreadField(String conversation) {
        return "u:" + ShortId.of(conversation);
    }

    private static Request tailOf(String user) {
        return Request.cmd(Command.HGET).arg(Keys.client(user)).arg("tail");
    }

    private static Position tail(@Nullable Response answer) {
        return answer == null
                ? Position.BEGINNING
                : Position.parse(answer.toString()).orElseThrow();
    }
}
