package io.continuo.messaging.history;

import io.continuo.common.bus.HistoryRequest.Progress;
import io.continuo.common.bus.Partitions;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The clients' ledgers: what became of what was appended to their histories (docs/operations.md). They sit in the
 * clients' own hashes, so that no death of a node can lose them: {@code had} is the sequence up to which everything is
 * accounted for, as delivered unless {@code lost}, {@code passed} or {@code expired} count it.
 */
public final class Ledgers {
    private static final Script REPORT = Script.load(Ledgers.class, "report.lua");
    private static final Script CLOSE_GAP = Script.load(Ledgers.class, "close_gap.lua");

    private final RedisLink redis;
    private final Partitions partitions;

    public Ledgers(RedisLink redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
    }

    /** These clients have a history from now on. May be repeated. */
    Future<Void> opened(List<String> users) {
        Map<Integer, Request> byPartition = new TreeMap<>();
        users.forEach(user -> byPartition
                .computeIfAbsent(
                        partitions.of(user),
                        partition -> Request.cmd(Command.ZADD).arg(Keys.clients(partition)))
                .arg(0)
                .arg(user));
        return redis.batch(List.copyOf(byPartition.values())).mapEmpty();
    }

    /** Takes what connections say that they have written. */
    public Future<Void> delivered(List<Progress> progress) {
        return Future.join(progress.stream().map(this::delivered).toList()).mapEmpty();
    }

    /**
     * What a client's resumption tells.
     *
     * @param had the sequence of the position that it has presented; 0 when that is none of its history's
     * @param lostUpTo the sequence up to which it is told that something is missing, or 0
     */
    Future<Void> resumed(String user, long had, long lostUpTo) {
        return report(user, 0, had, lostUpTo).mapEmpty();
    }

    private Future<Void> delivered(Progress progress) {
        return report(progress.user(), progress.from(), progress.to(), 0)
                .compose(gap -> gap.size() == 0
                        ? Future.succeededFuture()
                        : close(progress, gap.get(0).toLong(), Entry.list(gap.get(1))));
    }

    private Future<Response> report(String user, long from, long to, long lost) {
        return redis.run(REPORT, List.of(Keys.client(user), Keys.history(user)), from, to, lost);
    }

    /** @param first what the history holds, at most one */
    private Future<Void> close(Progress progress, long had, List<Entry> first) {
        long held = first.isEmpty() ? progress.from() : first.getFirst().firstSeq() - 1;
        long expired = Math.clamp(held - had, 0, progress.from() - had);
        return redis.run(
                        CLOSE_GAP,
                        List.of(Keys.client(progress.user())),
                        Long.toString(had),
                        Long.toString(progress.from()),
                        expired)
                .compose(closed -> report(progress.user(), progress.from(), progress.to(), 0))
                .mapEmpty();
    }

    /**
     * Some ledgers of a partition.
     *
     * @param last the user to go on after; empty at the end
     */
    record Page(int clients, Ledger sum, String last) {}

    /** The ledgers of the partition's clients after {@code last}, in the order of their ids. */
    Future<Page> page(int partition, String last, int limit) {
        Request range = Request.cmd(Command.ZRANGE)
                .arg(Keys.clients(partition))
                .arg(last.isEmpty() ? "-" : "(" + last)
                .arg("+")
                .arg("BYLEX")
                .arg("LIMIT")
                .arg(0)
                .arg(limit);
        return redis.send(range).compose(answer -> {
            List<String> users = answer.stream().map(Response::toString).toList();
            return users.isEmpty()
                    ? Future.succeededFuture(new Page(0, Ledger.EMPTY, ""))
                    : sum(users).map(sum -> new Page(users.size(), sum, users.size() < limit ? "" : users.getLast()));
        });
    }

    /** What a client's hash says of its ledger; sequences. */
    private record Standing(String user, long tail, long had, long lost, long passed, long expired) {
        static Standing of(String user, Response fields) {
            String tail = fields.get(0) == null ? "0-0" : fields.get(0).toString();
            return new Standing(
                    user,
                    Long.parseLong(tail.substring(tail.indexOf('-') + 1)),
                    number(fields.get(1)),
                    number(fields.get(2)),
                    number(fields.get(3)),
                    number(fields.get(4)));
        }

        private static long number(@Nullable Response field) {
            return field == null ? 0 : field.toLong();
        }

        /** @param held the sequence after which everything is held */
        Ledger ledger(long held) {
            long gone = Math.clamp(held - had, 0, tail - had);
            return new Ledger(had - lost - passed - expired, tail - had - gone, expired + gone, lost, passed);
        }
    }

    private Future<Ledger> sum(List<String> users) {
        List<Request> hashes = users.stream()
                .map(user -> Request.cmd(Command.HMGET)
                        .arg(Keys.client(user))
                        .arg("tail")
                        .arg("had")
                        .arg("lost")
                        .arg("passed")
                        .arg("expired"))
                .toList();
        return redis.batch(hashes).compose(answers -> {
            List<Standing> open = new ArrayList<>();
            Ledger sum = Ledger.EMPTY;
            for (int i = 0; i < users.size(); i++) {
                Standing standing = Standing.of(users.get(i), answers.get(i));
                if (standing.tail > standing.had) {
                    open.add(standing);
                } else {
                    sum = sum.plus(standing.ledger(standing.had));
                }
            }
            Ledger settled = sum;
            return open.isEmpty()
                    ? Future.succeededFuture(settled)
                    : waiting(open).map(settled::plus);
        });
    }

    private Future<Ledger> waiting(List<Standing> open) {
        List<Request> firsts = open.stream()
                .map(standing -> Request.cmd(Command.XRANGE)
                        .arg(Keys.history(standing.user))
                        .arg("-")
                        .arg("+")
                        .arg("COUNT")
                        .arg(1))
                .toList();
        return redis.batch(firsts).map(answers -> {
            Ledger sum = Ledger.EMPTY;
            for (int i = 0; i < open.size(); i++) {
                Standing standing = open.get(i);
                List<Entry> first = Entry.list(answers.get(i));
                sum = sum.plus(standing.ledger(
                        first.isEmpty() ? standing.tail : first.getFirst().firstSeq() - 1));
            }
            return sum;
        });
    }
}
