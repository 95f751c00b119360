package io.continuo.gateway.subject;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SubjectNews;
import io.continuo.common.bus.SubjectRequest;
import io.continuo.common.model.Subject;
import io.continuo.common.model.SubjectChange;
import io.continuo.common.model.SubjectId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop's clients watch of subjects: each subject once for all of them. All its methods are to be called on
 * that event loop.
 *
 * <p>News are hints that continue what is known; a subject of which something is missing is read anew. Every few seconds
 * all that is watched is compared with what is stored, which repairs whatever was lost, and gives the time up to which
 * nothing is missing.
 */
public final class SubjectFeed {
    private static final int AT_ONCE = 500;
    private static final long USUAL_SWEEP_MS = 5_000;
    /** Comparing goes on at this pace at most, so that its cost has a bound. */
    private static final int COMPARED_PER_MS = 2;

    private final Vertx vertx;
    private final String address;
    private final ServiceClient services;
    private final long sweepMs;
    private final Map<SubjectId, View> views = new HashMap<>();
    private final Set<View> idle = new LinkedHashSet<>();
    private final Set<Subscription> touched = new LinkedHashSet<>();
    private final Members members;
    private @Nullable MessageConsumer<SubjectNews> consumer;
    private long watermark;
    private long sweeps;
    private long lastSweep;
    private long token;
    private long timer = -1;
    private boolean stopped;

    /** @param loop the loop's address, see {@link Addresses#loop} */
    public SubjectFeed(Vertx vertx, String loop, ServiceClient services) {
        this(vertx, loop, services, USUAL_SWEEP_MS);
    }

    /** @param sweepMs how often all that is watched is compared with what is stored, in milliseconds */
    public SubjectFeed(Vertx vertx, String loop, ServiceClient services, long sweepMs) {
        this.vertx = vertx;
        this.address = Addresses.subjects(loop);
        this.services = services;
        this.sweepMs = sweepMs;
        this.members = new Members(this, services, address);
    }

    /** Listens to the service; completes when it can reach the feed. */
    public Future<Void> start() {
        MessageConsumer<SubjectNews> listening = vertx.eventBus().consumer(address, this::receive);
        consumer = listening;
        sweepLater();
        return listening.completion();
    }

    /** Listens no more. */
    public Future<Void> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        return consumer == null ? Future.succeededFuture() : consumer.unregister();
    }

    /**
     * A subscription without interests.
     *
     * @param user as called inside, see {@link io.continuo.common.model.UserId}
     */
    public Subscription open(String user, Sink sink) {
        return new Subscription(this, user, sink);
    }

    /** How many sweeps have begun. */
    long sweeps() {
        return sweeps;
    }

    /**
     * Whatever has a lower version is known here, of all that was watched before a sweep that has been done.
     *
     * @param after how many sweeps had begun when the youngest of that was watched
     * @return 0 when none was done since
     */
    long watermark(long after) {
        return lastSweep > after ? watermark : 0;
    }

    /** Milliseconds, of a clock that only goes forward. */
    long now() {
        return System.nanoTime() / 1_000_000;
    }

    long later(long delayMs, Runnable action) {
        return vertx.setTimer(Math.max(1, delayMs), fired -> action.run());
    }

    void cancel(long timerId) {
        if (timerId >= 0) {
            vertx.cancelTimer(timerId);
        }
    }

    long nextToken() {
        return ++token;
    }

    /** The subscription has something to tell, once all that came at once is known. */
    void touched(Subscription subscription) {
        touched.add(subscription);
    }

    /**
     * What the subscription's user may see, if one of the interests is in all of that, and from now on the user's
     * subscriptions hear of more.
     *
     * @param since what has left since then is told too; {@link Long#MAX_VALUE} for nothing
     */
    Future<Grant> grant(Subscription subscription, List<Interest> interests, long since) {
        boolean all = interests.stream().anyMatch(interest -> interest.target() instanceof Interest.All);
        return all || since < Long.MAX_VALUE
                ? members.read(subscription, since)
                : Future.succeededFuture(new Grant(List.of(), List.of()));
    }

    /** The subscription has other interests now. */
    void review(Subscription subscription) {
        members.review(subscription);
    }

    void remove(Subscription subscription) {
        members.remove(subscription);
        touched.remove(subscription);
    }

    /** Watches subjects and sees to it that they are known as they are now. */
    Future<Watched> watch(Subscription subscription, Collection<SubjectId> subjects) {
        Map<SubjectId, View> watched = new LinkedHashMap<>();
        for (SubjectId subject : subjects) {
            View view = views.computeIfAbsent(subject, View::new);
            idle.remove(view);
            view.holds(1);
            watched.put(subject, view);
        }
        return look(List.copyOf(watched.values()), nextToken())
                .map(time -> new Watched(time, watched))
                .onComplete(done -> vertx.getOrCreateContext()
                        .runOnContext(later -> watched.values().forEach(view -> {
                            view.holds(-1);
                            rest(view);
                        })));
    }

    /** The subscription is not interested in a subject any more. */
    void release(Subscription subscription, View view) {
        view.watchers().remove(subscription);
        rest(view);
    }

    private void rest(View view) {
        if (view.isOfNoInterest()) {
            idle.add(view);
        }
    }

    /** Compares views with what is stored; the time before which nothing is missing in them. */
    private Future<Long> look(List<View> some, long asToken) {
        List<Future<Long>> times = new ArrayList<>();
        for (int from = 0; from < some.size(); from += AT_ONCE) {
            times.add(lookAt(some.subList(from, Math.min(from + AT_ONCE, some.size())), asToken));
        }
        return times.isEmpty()
                ? lookAt(List.of(), asToken)
                : Future.all(times)
                        .map(all ->
                                times.stream().mapToLong(Future::result).min().orElse(0));
    }

    private Future<Long> lookAt(List<View> some, long asToken) {
        List<SubjectId> subjects = some.stream().map(View::id).toList();
        List<Long> known = some.stream().map(View::version).toList();
        return services.ask(new SubjectRequest.Watch(address, asToken, subjects, known))
                .map(reply -> {
                    if (!(reply instanceof Reply.SubjectsWatched watched)) {
                        throw new Failed((Reply.Failure) reply);
                    }
                    Map<SubjectId, Long> asked = new HashMap<>();
                    for (int i = 0; i < subjects.size(); i++) {
                        asked.put(subjects.get(i), known.get(i));
                    }
                    watched.subjects().forEach(subject -> found(subject, asked.getOrDefault(subject.id(), 0L)));
                    flushTouched();
                    return watched.time();
                });
    }

    /** What was read is news unless there were newer ones meanwhile. */
    private void found(Subject subject, long known) {
        View view = views.get(subject.id());
        if (view != null && (subject.version() > view.version() || view.version() == known)) {
            long since = Math.max(view.version() + 1, watermark);
            view.replace(subject);
            tell(view, Math.min(since, subject.version()));
        }
    }

    private void receive(Message<SubjectNews> message) {
        switch (message.body()) {
            case SubjectNews.Changed changed -> take(changed.changes());
            case SubjectNews.Granted granted -> members.changed(granted.user());
        }
        message.reply(Reply.Done.INSTANCE);
    }

    private void take(List<SubjectChange> changes) {
        Set<View> behind = new HashSet<>();
        List<SubjectId> stray = new ArrayList<>(0);
        for (SubjectChange change : changes) {
            View view = views.get(change.id());
            if (view == null) {
                stray.add(change.id());
            } else if (view.take(change)) {
                tell(view, change.version());
            } else {
                behind.add(view);
            }
        }
        if (!stray.isEmpty()) {
            services.ask(new SubjectRequest.Unwatch(address, nextToken(), stray));
        }
        if (!behind.isEmpty()) {
            look(List.copyOf(behind), 0);
        }
        flushTouched();
    }

    private void tell(View view, long since) {
        for (Subscription watcher : List.copyOf(view.watchers())) {
            watcher.changed(view, since);
        }
    }

    private void flushTouched() {
        List<Subscription> all = List.copyOf(touched);
        touched.clear();
        all.forEach(Subscription::flush);
    }

    private void sweepLater() {
        long delay = Math.max(sweepMs, views.size() / COMPARED_PER_MS);
        timer = vertx.setTimer(
                delay,
                fired -> sweep().onComplete(done -> {
                    if (!stopped) {
                        sweepLater();
                    }
                }));
    }

    private Future<?> sweep() {
        forgetIdle();
        members.sweep();
        sweeps++;
        long number = sweeps;
        List<View> all = List.copyOf(views.values());
        return all.isEmpty()
                ? Future.succeededFuture()
                : sweep(all, 0, Long.MAX_VALUE).onSuccess(time -> {
                    watermark = Math.max(watermark, time);
                    lastSweep = number;
                });
    }

    private Future<Long> sweep(List<View> all, int from, long earliest) {
        List<View> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
        return lookAt(some, 0).compose(time -> {
            long first = Math.min(earliest, time);
            return from + AT_ONCE < all.size() ? sweep(all, from + AT_ONCE, first) : Future.succeededFuture(first);
        });
    }

    /** Whoever comes back soon finds it still there. */
    private void forgetIdle() {
        List<SubjectId> gone = new ArrayList<>();
        for (View view : List.copyOf(idle)) {
            if (!view.isOfNoInterest()) {
                idle.remove(view);
            } else if (view.isIdleAgain()) {
                idle.remove(view);
                views.remove(view.id());
                gone.add(view.id());
            }
        }
        for (int from = 0; from < gone.size(); from += AT_ONCE) {
            services.ask(new SubjectRequest.Unwatch(
                    address, nextToken(), gone.subList(from, Math.min(from + AT_ONCE, gone.size()))));
        }
    }

    static Reply.Failure failure(Throwable failure) {
        return failure instanceof Failed failed
                ? failed.reply
                : Reply.Failure.of(ErrorCode.INTERNAL_SERVER_ERROR, "Subjects cannot be watched.");
    }

    /** @param left what the user may see no more, since the time that was asked about */
    record Grant(List<SubjectId> subjects, List<Reply.Departure> left) {}

    /** @param time nothing that has a lower version is missing in the views */
    record Watched(long time, Map<SubjectId, View> views) {}

    /** The service did not do it. */
    static final class Failed extends RuntimeException {
        private final transient Reply.Failure reply;

        Failed(Reply.Failure reply) {
            super(reply.message(), null, false, false);
            this.reply = reply;
        }
    }
}
