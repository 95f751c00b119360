package io.continuo.messaging.announcement;

import io.continuo.common.bus.Partitions;
import io.continuo.common.model.Part;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RankedPage;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.conversation.StoredJson;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.outbox.Accepted;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Announcements in Redis: {@code {c<p>}:announcement:<id>}, a hash of {@code from}, {@code at} (ms) and {@code parts}
 * (JSON); {@code …:to}, the recipients until all have been told; and with each recipient the list of what they have and
 * how far it has come.
 */
public final class AnnouncementStore {
    private static final int RECIPIENTS_AT_ONCE = 1_000;
    private static final int PAGE = 500;
    /** Recipients without an announcement are what is left of somebody who died. */
    private static final long ORPHANED_MS = 3_600_000;

    private static final Script CREATE = Script.load(
            AnnouncementStore.class, "/io/continuo/messaging/conversation/outbox.lua", "create_announcement.lua");

    private final RedisLink redis;
    private final Partitions partitions;

    public AnnouncementStore(RedisLink redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
    }

    /** Empty when the id is taken. */
    Future<Optional<Accepted>> create(String id, String sender, List<String> recipients, List<Part> parts) {
        int partition = partitions.of(id);
        return redis.send(Request.cmd(Command.EXISTS).arg(Keys.announcement(partition, id)))
                .compose(taken -> taken.toInteger() == 1
                        ? Future.succeededFuture(Optional.empty())
                        : keep(partition, id, recipients).compose(kept -> announce(partition, id, sender, parts)));
    }

    private Future<Void> keep(int partition, String id, List<String> recipients) {
        String key = Keys.announcementRecipients(partition, id);
        List<Request> requests = new ArrayList<>();
        for (int from = 0; from < recipients.size(); from += RECIPIENTS_AT_ONCE) {
            Request push = Request.cmd(Command.RPUSH).arg(key);
            recipients
                    .subList(from, Math.min(recipients.size(), from + RECIPIENTS_AT_ONCE))
                    .forEach(push::arg);
            requests.add(push);
        }
        requests.add(Request.cmd(Command.PEXPIRE).arg(key).arg(ORPHANED_MS));
        return redis.batch(requests).mapEmpty();
    }

    private Future<Optional<Accepted>> announce(int partition, String id, String sender, List<Part> parts) {
        EventRef ref = new EventRef.AnnouncementCreated(id);
        List<String> keys = List.of(
                Keys.announcement(partition, id),
                Keys.announcementRecipients(partition, id),
                Keys.stamp(partition),
                Keys.outbox(partition));
        return redis.run(CREATE, keys, sender, StoredJson.text(parts), ref.text())
                .map(answer -> answer.get(0).toInteger() == 0
                        ? Optional.empty()
                        : Optional.of(new Accepted(
                                partition, answer.get(1).toLong(), answer.get(2).toLong(), ref)));
    }

    /** An announcement as stored; its sender is still an id. */
    public record Stored(String id, String sender, long sentAt, List<Part> parts) {}

    /** Reads several announcements, in their order; those that do not exist are left out. */
    public Future<List<Stored>> read(List<String> ids) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Request> requests = ids.stream()
                .map(id -> Request.cmd(Command.HMGET)
                        .arg(Keys.announcement(partitions.of(id), id))
                        .arg("from")
                        .arg("at")
                        .arg("parts"))
                .toList();
        return redis.batch(requests).map(answers -> {
            List<Stored> read = new ArrayList<>(ids.size());
            for (int i = 0; i < ids.size(); i++) {
                Response fields = Objects.requireNonNull(answers.get(i));
                if (fields.get(0) != null) {
                    read.add(new Stored(
                            ids.get(i),
                            fields.get(0).toString(),
                            fields.get(1).toLong(),
                            StoredJson.parts(fields.get(2).toString())));
                }
            }
            return read;
        });
    }

    /** Some of the recipients; empty after the last. */
    public Future<List<String>> recipients(String id, int from) {
        return redis.send(Request.cmd(Command.LRANGE)
                        .arg(Keys.announcementRecipients(partitions.of(id), id))
                        .arg(from)
                        .arg(from + PAGE - 1))
                .map(AnnouncementStore::texts);
    }

    /** Forgets the recipients, now that all have been told; may be repeated. */
    public Future<Void> forgetRecipients(String id) {
        return redis.send(Request.cmd(Command.UNLINK).arg(Keys.announcementRecipients(partitions.of(id), id)))
                .mapEmpty();
    }

    /** Lists an announcement with {@code users}; may be repeated. */
    public Future<Void> list(String id, long sentAt, List<String> users) {
        return redis.batch(users.stream()
                        .map(user -> Request.cmd(Command.ZADD)
                                .arg(Keys.announcements(user))
                                .arg(sentAt)
                                .arg(id))
                        .toList())
                .mapEmpty();
    }

    /** What a user has, newest first; empty when the user does not have {@code after}. */
    Future<Optional<RankedPage>> page(String user, @Nullable String after, int limit) {
        return RankedPage.read(redis, Keys.announcements(user), after, limit);
    }

    Future<Boolean> has(String user, String id) {
        return redis.send(Request.cmd(Command.ZSCORE)
                        .arg(Keys.announcements(user))
                        .arg(id))
                .map(Objects::nonNull);
    }

    /** How far announcements have come with a user, in their order. */
    Future<List<ReceiptStatus>> statuses(String user, List<String> ids) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Request request = Request.cmd(Command.HMGET).arg(Keys.announcementReceipts(user));
        ids.forEach(request::arg);
        return redis.send(request)
                .map(answer -> answer.stream()
                        .map(status -> status == null ? ReceiptStatus.SENT : ReceiptStatus.valueOf(status.toString()))
                        .toList());
    }

    private static List<String> texts(@Nullable Response list) {
        return list == null ? List.of() : list.stream().map(Response::toString).toList();
    }
}
