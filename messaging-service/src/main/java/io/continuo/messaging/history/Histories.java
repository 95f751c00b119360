package io.continuo.messaging.history;

import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.InstanceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.event.Verdict;
import io.continuo.messaging.account.Accounts;
import io.continuo.messaging.conversation.Veil;
import io.continuo.messaging.conversation.VeilStore;
import io.continuo.messaging.history.VerdictRule.Resumption;
import io.continuo.messaging.identity.Sessions;
import io.continuo.messaging.outbox.Events;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What gateways ask of histories: attach, detach, read, compare tails. Delivery and recovery are one path
 * (docs/architecture.md).
 */
public final class Histories {
    private static final long CLOCKS_DIFFER_MS = 500;

    private final HistoryStore store;
    private final Events events;
    private final VeilStore veils;
    private final Ledgers ledgers;
    private final Rollbacks rollbacks;

    public Histories(HistoryStore store, Events events, VeilStore veils, Ledgers ledgers, Rollbacks rollbacks) {
        this.store = store;
        this.events = events;
        this.veils = veils;
        this.ledgers = ledgers;
        this.rollbacks = rollbacks;
    }

    public Future<Reply> attach(HistoryRequest.Attach request) {
        Position since = request.since();
        return store.attach(request).map(attaching -> switch (attaching) {
            case HistoryStore.Attaching.Attached attached -> attached(request.user(), attached.attachment(), since);
            case HistoryStore.Attaching.SessionEnded ended -> Sessions.ended();
            case HistoryStore.Attaching.UserSuspended suspended -> Accounts.suspended();
        });
    }

    private Reply attached(String user, HistoryStore.Attachment attachment, @Nullable Position since) {
        Optional<Resumption> resumption =
                since == null ? Optional.empty() : attachment.rule().map(rule -> rule.judge(since));
        resumption.ifPresent(known -> note(user, attachment.had(), known));
        resumption
                .filter(judged -> judged.verdict().kind() == Verdict.Kind.LOST)
                .ifPresent(lost -> rollbacks.client());
        return new Reply.Attached(
                resumption.map(Resumption::start).orElse(attachment.tail()),
                attachment.tail(),
                attachment.timeMs(),
                resumption.map(Resumption::verdict).orElse(null));
    }

    /** What a client presents it has, also when nobody has reported that it was written. */
    private void note(String user, long accountedFor, Resumption resumption) {
        Verdict verdict = resumption.verdict();
        long had = verdict.kind() == Verdict.Kind.LOST ? 0 : verdict.from().seq();
        long lostUpTo =
                verdict.kind() == Verdict.Kind.COMPLETE ? 0 : resumption.start().seq();
        if (Math.max(had, lostUpTo) > accountedFor) {
            ledgers.resumed(user, had, lostUpTo);
        }
    }

    /** Takes what connections have written into the clients' ledgers. */
    public Future<Reply> report(HistoryRequest.ReportProgress report) {
        return ledgers.delivered(report.progress()).map(Reply.Done.INSTANCE);
    }

    public Future<Reply> detach(HistoryRequest.Detach request) {
        return store.detach(request.user(), request.loop(), request.token()).map(Reply.Done.INSTANCE);
    }

    /** What the client has deleted for itself does not come again, as little as what is deleted for everyone. */
    public Future<Reply> read(HistoryRequest.ReadHistory request) {
        return store.read(request.user(), request.after(), request.limit())
                .compose(page -> veiled(request.user(), page.entries())
                        .compose(veiled -> events.resolve(
                                        page.entries().stream().map(Entry::ref).toList())
                                .map(resolved -> page(request.after(), page, resolved, veiled))));
    }

    private static Reply page(
            Position after, HistoryStore.Page page, List<Optional<Event>> resolved, Set<Entry> veiled) {
        List<Delivery> deliveries = new ArrayList<>(resolved.size());
        Position next = after;
        for (int i = 0; i < resolved.size(); i++) {
            Entry entry = page.entries().get(i);
            next = entry.position();
            if (!veiled.contains(entry)) {
                resolved.get(i)
                        .filter(event -> isMeant(event, entry))
                        .ifPresent(event -> deliveries.add(new Delivery(entry.position(), event, entry.unread())));
            }
        }
        return new Reply.HistoryPage(deliveries, next, page.tail(), begin(after, page.entries()));
    }

    /**
     * A shard that has lost messages gives their numbers to others. Those are later by more than clocks differ: it takes a
     * while to replace a server.
     */
    private static boolean isMeant(Event event, Entry entry) {
        return !(event instanceof Event.MessageCreated created)
                || created.message().sentAt() <= entry.position().ms() + CLOCKS_DIFFER_MS;
    }

    /** The first entry may begin before the place asked for: that lies inside its span, or is a time and no place. */
    private static Position begin(Position after, List<Entry> entries) {
        return entries.isEmpty() ? after : entries.getFirst().before();
    }

    /** The entries about messages that {@code user} does not see. */
    private Future<Set<Entry>> veiled(String user, List<Entry> entries) {
        Map<String, List<Entry>> created = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (entry.ref() instanceof EventRef.MessageCreated message) {
                created.computeIfAbsent(message.conversationId(), id -> new ArrayList<>())
                        .add(entry);
            }
        }
        return veils.of(user, List.copyOf(created.keySet())).compose(known -> {
            Set<Entry> veiled = new HashSet<>();
            List<Future<Void>> looks = new ArrayList<>();
            created.forEach((id, messages) -> {
                Veil veil = known.get(id);
                if (veil != null) {
                    messages.stream()
                            .filter(message -> position(message) <= veil.upTo())
                            .forEach(veiled::add);
                    if (veil.hidden() > 0) {
                        looks.add(hidden(user, id, messages, veiled));
                    }
                }
            });
            return Future.all(looks).map(veiled);
        });
    }

    private Future<Void> hidden(String user, String id, List<Entry> messages, Set<Entry> veiled) {
        return veils.hidden(user, id, position(messages.getFirst()), position(messages.getLast()))
                .map(hidden -> {
                    messages.stream()
                            .filter(message -> hidden.contains(position(message)))
                            .forEach(veiled::add);
                    return null;
                });
    }

    private static long position(Entry message) {
        return ((EventRef.MessageCreated) message.ref()).position();
    }

    public Future<Reply> tails(HistoryRequest.GetTails request) {
        return store.tails(request.users()).map(tails -> new Reply.Tails(tails.positions(), tails.timeMs()));
    }

    /** Takes what is deleted out of this instance's memory. */
    public Future<Reply> forget(InstanceRequest.Forget request) {
        events.forget(request.conversationId(), request.position());
        return Future.succeededFuture(Reply.Done.INSTANCE);
    }
}
