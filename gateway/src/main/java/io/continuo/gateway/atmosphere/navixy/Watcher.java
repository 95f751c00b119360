package io.continuo.gateway.atmosphere.navixy;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.gateway.atmosphere.visit.Application;
import io.continuo.gateway.login.HashOutcome;
import io.continuo.gateway.subject.Cursor;
import io.continuo.gateway.subject.Interest;
import io.continuo.gateway.subject.Interest.Kind;
import io.continuo.gateway.subject.Interest.Selected;
import io.continuo.gateway.subject.Outcome;
import io.continuo.gateway.subject.Sink;
import io.continuo.gateway.subject.SubjectEvent;
import io.continuo.gateway.subject.SubjectFeed;
import io.continuo.gateway.subject.SubjectStatus;
import io.continuo.gateway.subject.Subscription;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a client watches by one of its hashes; mostly it has but one. Belongs to one event loop. */
final class Watcher implements Sink {
    /** The least watermark of a cursor that says something. */
    private static final long MEANINGFUL = 2;
    /** How far clocks may be apart. */
    private static final long SKEW_MS = 10_000;

    private final HashOutcome.Known login;
    private final Application.Outlet outlet;
    private final Texts texts;
    private final Subscription subscription;
    private final Mail mail;
    private final Sight sight;
    /** What the client had elsewhere, as long as it is not granted here. */
    private Memory.@Nullable Remembered unresumed;

    private @Nullable Consumer<Outcome> waiting;
    private long since;
    private Runnable release = () -> {};

    Watcher(
            Vertx vertx,
            HashOutcome.Known login,
            Application.Outlet outlet,
            Texts texts,
            SubjectFeed feed,
            LayerSide layer) {
        this.login = login;
        this.outlet = outlet;
        this.texts = texts;
        subscription = feed.open(login.user(), this);
        mail = new Mail(vertx, layer, login, outlet);
        sight = new Sight(vertx, layer, login, outlet);
    }

    /** Runs {@code action} at the end. */
    void atEnd(Runnable action) {
        release = action;
    }

    /** Gets ready what of people is wanted. Fails with a {@link Fault.Thrown}, and then nothing has changed. */
    Future<Map<String, Grant>> prepare(People wanted) {
        Map<String, Grant> grants = new LinkedHashMap<>();
        return grant(wanted.messages().map(mail::prepare), People.MESSAGES, grants)
                .compose(done -> grant(wanted.presence().map(sight::prepare), People.PRESENCE, grants))
                .map(grants)
                .onFailure(
                        refused -> grants.values().forEach(grant -> grant.drop().run()));
    }

    private static Future<?> grant(Optional<Future<Grant>> asked, String kind, Map<String, Grant> grants) {
        return asked.<Future<?>>map(granted -> granted.onSuccess(grant -> grants.put(kind, grant)))
                .orElseGet(Future::succeededFuture);
    }

    /** Replaces whatever of these kinds there was; {@code answer} comes before the first event. */
    void subscribe(List<Interest> interests, Consumer<Outcome> answer) {
        if (interests.isEmpty()) {
            answer.accept(new Outcome.Granted(Map.of()));
            return;
        }
        waiting = answer;
        subscription.subscribe(interests, outcome -> {
            waiting = null;
            if (outcome instanceof Outcome.Granted granted) {
                unresumed = null;
                begin(granted.statuses().keySet());
            }
            answer.accept(outcome);
        });
    }

    /** Keeps what the client had elsewhere until it is granted here. */
    void remember(Memory.Remembered remembered) {
        unresumed = remembered.interests().isEmpty() ? null : remembered;
        remembered.people().messages().flatMap(People.Messages::since).ifPresent(mail::remember);
        remembered.people().presence().ifPresent(sight::remember);
    }

    /** Goes on with what of people the client was told. */
    void resumePeople() {
        mail.resume();
        sight.resume();
    }

    /** Goes on where the client was, on whatever node that was. */
    void resume(Memory.Remembered remembered, Consumer<Reply.Failure> refused) {
        since = remembered.since();
        Consumer<Outcome> answer = outcome -> {
            switch (outcome) {
                case Outcome.Granted ignored -> unresumed = null;
                case Outcome.Refused no -> refused.accept(no.failure());
            }
        };
        if (remembered.cursor().watermark() >= MEANINGFUL) {
            subscription.resume(remembered.interests(), remembered.cursor(), answer);
        } else {
            // What is not known to have arrived: all of the lifecycle since then, and a snapshot.
            subscription.resume(remembered.interests(), new Cursor(since, Map.of()), Watcher::ignore);
            subscription.subscribe(remembered.interests(), answer);
        }
    }

    /** From now on, unless other kinds were subscribed to before. */
    private void begin(Set<Kind> kinds) {
        boolean all = subscription.interests().stream().map(Interest::kind).allMatch(kinds::contains);
        if (since == 0 || all) {
            since = (System.currentTimeMillis() - SKEW_MS) * 1_000;
        }
    }

    /** Whether what the client had elsewhere is still to be granted. */
    boolean isResuming() {
        return unresumed != null;
    }

    /**
     * Ends what is asked for: whole interests, or some of their subjects.
     *
     * @return of each kind the subjects that were asked for, {@link SubjectStatus#UNKNOWN} if they were not watched
     * @throws Fault.Thrown when that cannot be; then nothing has ended
     */
    Map<Kind, Map<Long, SubjectStatus>> unsubscribe(List<Interest> ends) {
        for (Interest end : ends) {
            boolean watchesAll = interest(end.kind())
                    .filter(current -> current.target() instanceof Interest.All)
                    .isPresent();
            if (watchesAll && end.target() instanceof Selected) {
                throw Fault.invalid("All trackers are subscribed to: unsubscribe from all, or subscribe to some.")
                        .thrown();
            }
        }
        unresumed = null;
        Map<Kind, Map<Long, SubjectStatus>> ended = new EnumMap<>(Kind.class);
        ends.forEach(end -> ended.put(end.kind(), unsubscribe(end)));
        return ended;
    }

    /** Ends what of people is named. */
    void unsubscribe(People ends) {
        ends.messages().ifPresent(messages -> mail.end());
        ends.presence().ifPresent(presence -> sight.end());
    }

    Mail mail() {
        return mail;
    }

    boolean isIdle() {
        return unresumed == null
                && subscription.interests().isEmpty()
                && mail.from().isEmpty()
                && sight.wanted().isEmpty();
    }

    /** For {@link Memory}. */
    JsonObject state() {
        People people = new People(mail.from().map(from -> new People.Messages(Optional.of(from))), sight.wanted());
        return unresumed == null
                ? Memory.state(login, subscription.interests(), since, people)
                : Memory.state(login, unresumed.interests(), unresumed.since(), people);
    }

    String cursor() {
        return (unresumed == null ? subscription.cursor() : unresumed.cursor()).toString();
    }

    void drained() {
        mail.drained();
        subscription.drained();
    }

    /** Ends it; a request under way is refused. */
    void close() {
        release.run();
        subscription.close();
        mail.close();
        sight.close();
        Consumer<Outcome> unanswered = waiting;
        waiting = null;
        if (unanswered != null) {
            unanswered.accept(new Outcome.Refused(
                    Reply.Failure.of(ErrorCode.AUTHENTICATION_REQUIRED, "The hash has come to its end.")));
        }
    }

    @Override
    public boolean isWritable() {
        return !outlet.isFull();
    }

    @Override
    public void deliver(SubjectEvent event) {
        outlet.send(texts.event(event, isIso(kind(event))));
    }

    private Map<Long, SubjectStatus> unsubscribe(Interest end) {
        Interest current = interest(end.kind()).orElse(null);
        if (!(end.target() instanceof Selected named)) {
            subscription.unsubscribe(Set.of(end.kind()));
            return Map.of();
        }
        Map<Long, SubjectStatus> asked = new TreeMap<>();
        List<Long> rest = new ArrayList<>();
        if (current != null && current.target() instanceof Selected watched) {
            rest.addAll(watched.ids());
        }
        for (Long id : named.ids()) {
            asked.put(id, rest.remove(id) ? SubjectStatus.NORMAL : SubjectStatus.UNKNOWN);
        }
        if (current != null && rest.isEmpty()) {
            subscription.unsubscribe(Set.of(end.kind()));
        } else if (current != null) {
            Interest less = new Interest(end.kind(), new Selected(rest), current.projection(), current.rateLimitMs());
            subscription.resume(List.of(less), subscription.cursor(), Watcher::ignore);
        }
        return asked;
    }

    private static void ignore(Outcome outcome) {
        switch (outcome) {
            case Outcome.Granted ignored -> {}
            case Outcome.Refused ignored -> {}
        }
    }

    private Optional<Interest> interest(Kind kind) {
        return subscription.interests().stream()
                .filter(interest -> interest.kind() == kind)
                .findFirst();
    }

    private boolean isIso(Kind kind) {
        return interest(kind).map(interest -> interest.projection().isoDates()).orElse(false);
    }

    private static Kind kind(SubjectEvent event) {
        return switch (event) {
            case SubjectEvent.State ignored -> Kind.STATE;
            case SubjectEvent.States ignored -> Kind.STATE_BATCH;
            case SubjectEvent.Readings ignored -> Kind.READINGS_BATCH;
            case SubjectEvent.Iot ignored -> Kind.IOT_MONITOR;
            case SubjectEvent.Change ignored -> Kind.STATE;
        };
    }
}
