package io.continuo.gateway.subject;

import io.continuo.common.bus.Reply;
import io.continuo.common.model.Lifecycle;
import io.continuo.common.model.Subject.Milestone;
import io.continuo.common.model.SubjectId;
import io.continuo.gateway.subject.Interest.Kind;
import io.continuo.gateway.subject.SubjectFeed.Grant;
import io.continuo.gateway.subject.SubjectFeed.Watched;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that one client's session wants to be told of subjects, at most one interest of each kind. Events of different
 * kinds go their own pace; a subject's lifecycle keeps its place among its states.
 *
 * <p>Threading: belongs to the event loop of its {@link SubjectFeed}.
 */
public final class Subscription {
    private final SubjectFeed feed;
    private final String user;
    private final Sink sink;
    private final Lifecycles lifecycles;
    private final Progress progress;
    private final Map<Kind, Flow> flows = new EnumMap<>(Kind.class);
    private final Map<Long, Seat> seats = new LinkedHashMap<>();
    private final List<Asked> requests = new ArrayList<>();
    private boolean closed;

    Subscription(SubjectFeed feed, String user, Sink sink) {
        this.feed = feed;
        this.user = user;
        this.sink = sink;
        lifecycles = new Lifecycles(sink);
        this.progress = new Progress(feed);
    }

    /**
     * Adds interests, each instead of any of its kind. {@code answer} is called exactly once, before the first event that
     * they lead to, unless it is closed before; then come the snapshots, then changes.
     */
    public void subscribe(List<Interest> interests, Consumer<Outcome> answer) {
        add(new Asked(user, interests, null, answer));
    }

    /**
     * As {@link #subscribe}, for a client that has been told everything up to {@code since}, here or on any other node: in
     * place of snapshots it gets what has changed since, the latest state, the readings' parts that were written, and all
     * of the lifecycle.
     */
    public void resume(List<Interest> interests, Cursor since, Consumer<Outcome> answer) {
        add(new Asked(user, interests, since.equals(Cursor.NONE) ? null : since, answer));
    }

    /** Ends the interests of these kinds; not those that were asked for and not answered yet. */
    public void unsubscribe(Set<Kind> kinds) {
        kinds.forEach(this::end);
        tidy();
    }

    /** What it is interested in now. */
    public List<Interest> interests() {
        return flows.values().stream().map(Flow::interest).toList();
    }

    /** Up to where everything has been given to the sink. */
    public Cursor cursor() {
        for (Asked request : requests) {
            if (request.since() != null) {
                return request.since();
            }
        }
        return progress.cursor(flows.values(), lifecycles.oldest());
    }

    /** The sink takes events again. */
    public void drained() {
        flush();
    }

    /** Ends it; the sink hears nothing any more. */
    public void close() {
        closed = true;
        requests.clear();
        lifecycles.clear();
        List.copyOf(flows.keySet()).forEach(this::end);
        tidy();
        feed.remove(this);
    }

    String user() {
        return user;
    }

    boolean isForAll() {
        return flows.values().stream().anyMatch(Flow::isForAll);
    }

    boolean has(SubjectId subject) {
        return seats.containsKey(subject.id());
    }

    /** Requests are done one after another. */
    private void add(Asked request) {
        requests.add(request);
        if (requests.size() == 1) {
            ask(request);
        }
    }

    private void ask(Asked request) {
        Cursor since = request.since();
        feed.grant(this, request.interests(), since == null ? Long.MAX_VALUE : since.watermark())
                .compose(grant -> feed.watch(this, request.subjects(grant)).onSuccess(watched -> {
                    if (!closed) {
                        attach(request, grant, watched);
                    }
                }))
                .onFailure(failure -> {
                    if (!closed) {
                        request.answer().accept(new Outcome.Refused(SubjectFeed.failure(failure)));
                    }
                })
                .onComplete(done -> {
                    requests.remove(request);
                    tidy();
                    feed.review(this);
                    if (!closed && !requests.isEmpty()) {
                        ask(requests.getFirst());
                    }
                });
    }

    private void attach(Asked request, Grant grant, Watched watched) {
        progress.begin(watched.time(), seats.isEmpty());
        Map<Kind, Map<Long, SubjectStatus>> statuses = new EnumMap<>(Kind.class);
        for (Interest interest : request.interests()) {
            statuses.put(interest.kind(), statuses(request, interest, grant, watched));
        }
        request.answer().accept(new Outcome.Granted(statuses));
        if (closed) {
            return;
        }
        for (Interest interest : request.interests()) {
            end(interest.kind());
            Flow flow = new Flow(interest);
            flows.put(interest.kind(), flow);
            for (SubjectId subject : request.subjects(interest, grant.subjects())) {
                View view = watched.views().get(subject);
                if (view != null && view.exists() && view.isSeenBy(user)) {
                    take(flow, view, request.since());
                }
            }
        }
        if (request.since() != null) {
            tellDepartures(request, grant, request.since());
        }
        flush();
    }

    private Map<Long, SubjectStatus> statuses(Asked request, Interest interest, Grant grant, Watched watched) {
        Map<Long, SubjectStatus> statuses = new LinkedHashMap<>();
        for (SubjectId subject : request.subjects(interest, grant.subjects())) {
            View view = watched.views().get(subject);
            if (view != null && view.exists() && view.isSeenBy(user)) {
                statuses.put(subject.id(), view.isBlocked() ? SubjectStatus.BLOCKED : SubjectStatus.NORMAL);
            } else if (interest.target() instanceof Interest.Selected) {
                statuses.put(subject.id(), SubjectStatus.UNKNOWN);
            }
        }
        return statuses;
    }

    /** Whoever may see it only since then, or sees it open again, knows nothing of it. */
    private void take(Flow flow, View view, @Nullable Cursor since) {
        long known = since == null ? Seat.NOTHING : since.of(view.id().id());
        long delivered = since != null && view.factsVersion() > known ? 0 : known;
        Seat seat = seats.get(view.id().id());
        if (seat == null) {
            seat = new Seat(view);
            seats.put(seat.id(), seat);
            view.watchers().add(this);
            seat.open(!view.isBlocked());
            seat.told(since == null ? lastMilestone(view) : known);
        }
        seat.take(flow.kind(), delivered);
        if (since != null) {
            tellLifecycle(seat);
        }
        if (seat.isBehind(flow.kind())) {
            flow.note(seat, delivered + 1);
        }
    }

    private static long lastMilestone(View view) {
        return view.lifecycle().isEmpty() ? 0 : view.lifecycle().getLast().version();
    }

    private void tellDepartures(Asked request, Grant grant, Cursor since) {
        Set<Long> wanted = new HashSet<>();
        boolean all = false;
        for (Interest interest : request.interests()) {
            if (interest.kind().hasLifecycle()) {
                all |= interest.target() instanceof Interest.All;
                request.subjects(interest, List.of()).forEach(subject -> wanted.add(subject.id()));
            }
        }
        for (Reply.Departure left : grant.left()) {
            long id = left.subject().id();
            if ((all || wanted.contains(id)) && !seats.containsKey(id) && left.version() > since.of(id)) {
                lifecycles.tell(new SubjectEvent.Change(id, left.sourceId(), Lifecycle.CORRUPT), left.version());
            }
        }
    }

    /** Subjects that the user may see since a moment ago, for interests in all. */
    void join(Watched watched) {
        if (closed) {
            return;
        }
        progress.begin(watched.time(), seats.isEmpty());
        for (View view : watched.views().values()) {
            if (view.exists() && view.isSeenBy(user)) {
                for (Flow flow : flows.values()) {
                    if (flow.isForAll()
                            && !(seats.containsKey(view.id().id())
                                    && seats.get(view.id().id()).has(flow.kind()))) {
                        take(flow, view, null);
                    }
                }
            }
        }
        tidy();
        flush();
    }

    /**
     * A view has changed.
     *
     * @param since what has changed has no version below it
     */
    void changed(View view, long since) {
        Seat seat = seats.get(view.id().id());
        if (seat == null) {
            return;
        }
        progress.changed(seat);
        change(seat, view, since);
        lifecycles.came();
    }

    private void change(Seat seat, View view, long since) {
        if (view.exists() && !view.isSeenBy(user)) {
            flushEarlier(seat, view.factsVersion());
            tell(seat, Lifecycle.CORRUPT, view.factsVersion());
            remove(seat);
            return;
        }
        boolean ended = tellLifecycle(seat) == Lifecycle.CORRUPT;
        if (!view.exists()) {
            if (!ended) {
                tell(seat, Lifecycle.CORRUPT, view.version());
            }
            remove(seat);
            return;
        }
        for (Flow flow : flows.values()) {
            if (seat.isBehind(flow.kind())) {
                flow.note(seat, since);
            }
        }
        feed.touched(this);
    }

    /** Each entry in its place: after the values from before it, before those that it lets through; the last one. */
    private @Nullable Lifecycle tellLifecycle(Seat seat) {
        boolean reopened = false;
        Lifecycle last = null;
        for (Milestone milestone : List.copyOf(seat.view().lifecycle())) {
            if (milestone.version() > seat.told()) {
                flushEarlier(seat, milestone.version());
                last = milestone.event();
                tell(seat, last, milestone.version());
                seat.told(milestone.version());
                reopened |= milestone.event() != Lifecycle.BLOCK;
                seat.open(milestone.event() != Lifecycle.BLOCK);
            }
        }
        seat.open(!seat.view().isBlocked());
        if (!seat.isOpen()) {
            flows.values().forEach(flow -> flow.drop(seat));
        } else if (reopened) {
            showAll(seat);
        }
        return last;
    }

    private void showAll(Seat seat) {
        for (Flow flow : flows.values()) {
            if (seat.has(flow.kind())) {
                seat.delivered(flow.kind(), 0);
                flow.note(seat, 1);
                tellNow(flow, seat);
            }
        }
    }

    /** What waits and is older than {@code version}. */
    private void flushEarlier(Seat seat, long version) {
        for (Flow flow : flows.values()) {
            if (flow.isWaiting(seat) && seat.view().version(flow.kind()) < version) {
                tellNow(flow, seat);
            }
        }
    }

    /** Whoever does not read gets the values later, as they are then. */
    private void tellNow(Flow flow, Seat seat) {
        if (lifecycles.isClear()) {
            flow.flush(sink, seat);
        }
    }

    private void tell(Seat seat, Lifecycle event, long version) {
        if (seat.hasLifecycle()) {
            lifecycles.tell(new SubjectEvent.Change(seat.id(), seat.view().sourceId(), event), version);
        }
    }

    /** Tells what waits and is due. */
    void flush() {
        lifecycles.flush();
        if (!lifecycles.isClear()) {
            return;
        }
        long now = feed.now();
        for (Flow flow : List.copyOf(flows.values())) {
            if (flow.isIdle()) {
                continue;
            }
            if (now >= flow.notBefore()) {
                flow.flush(sink, now);
            } else if (flow.timer() < 0) {
                flow.timer(feed.later(flow.notBefore() - now, () -> {
                    flow.timer(-1);
                    if (flows.get(flow.kind()) == flow) {
                        flush();
                    }
                }));
            }
        }
    }

    private void end(Kind kind) {
        Flow flow = flows.remove(kind);
        if (flow != null) {
            feed.cancel(flow.timer());
            seats.values().forEach(seat -> seat.leave(kind));
        }
    }

    private void remove(Seat seat) {
        flows.values().forEach(flow -> {
            flow.drop(seat);
            seat.leave(flow.kind());
        });
        seats.remove(seat.id());
        feed.release(this, seat.view());
    }

    /** Lets go of what is of no interest any more. */
    private void tidy() {
        for (Seat seat : List.copyOf(seats.values())) {
            if (seat.isEmpty()) {
                remove(seat);
            }
        }
    }
}
