package io.continuo.presence.subject;

import io.continuo.common.bus.Reply;
import io.continuo.common.bus.SubjectNews;
import io.continuo.common.model.SubjectChange;
import io.continuo.common.model.SubjectId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings changes to the gateway loops that watch. To each loop one message is under way at a time; what comes meanwhile
 * goes with the next one. So an idle loop hears at once, and a busy one in batches. News are hints: a loop that misses one
 * sees it from the version of the next, or looks by itself.
 *
 * <p>Threading: belongs to one event loop.
 */
final class NewsSender {
    private static final Logger log = LoggerFactory.getLogger(NewsSender.class);
    private static final int MOST_AT_ONCE = 1_000;
    /** More than these for a loop that does not listen are dropped. */
    private static final int MOST_WAITING = 50_000;

    private static final long TIMEOUT_MS = 3_000;

    private final Vertx vertx;
    private final BiConsumer<String, List<SubjectId>> onGone;
    private final Map<String, Route> routes = new HashMap<>();
    private final DeliveryOptions options = new DeliveryOptions().setSendTimeout(TIMEOUT_MS);

    /** @param onGone told when nobody listens at an address any more, and what it watches among others */
    NewsSender(Vertx vertx, BiConsumer<String, List<SubjectId>> onGone) {
        this.vertx = vertx;
        this.onGone = onGone;
    }

    /** Tells each of these loops. */
    void tell(List<String> loops, SubjectChange change) {
        for (String loop : loops) {
            routes.computeIfAbsent(loop, Route::new).add(change);
        }
    }

    /** The answer of a loop to other news. */
    Future<Reply> send(String loop, SubjectNews news) {
        return vertx.eventBus().<Reply>request(loop, news, options).map(Message::body);
    }

    static boolean nobodyListens(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }

    /** What is to go to one loop. */
    private final class Route {
        private final String loop;
        private final ArrayDeque<SubjectChange> waiting = new ArrayDeque<>();
        private boolean underWay;

        Route(String loop) {
            this.loop = loop;
        }

        void add(SubjectChange change) {
            if (waiting.size() < MOST_WAITING) {
                waiting.add(change);
            }
            if (!underWay) {
                underWay = true;
                // whatever else this turn of the event loop brings goes along
                vertx.getOrCreateContext().runOnContext(turn -> send());
            }
        }

        private void send() {
            List<SubjectChange> some = new ArrayList<>(Math.min(waiting.size(), MOST_AT_ONCE));
            while (!waiting.isEmpty() && some.size() < MOST_AT_ONCE) {
                some.add(waiting.remove());
            }
            NewsSender.this.send(loop, new SubjectNews.Changed(some)).onComplete((done, failure) -> {
                if (failure != null) {
                    failed(failure, some);
                }
                if (waiting.isEmpty()) {
                    underWay = false;
                    routes.remove(loop);
                } else {
                    send();
                }
            });
        }

        private void failed(Throwable failure, List<SubjectChange> some) {
            log.debug("News of subjects did not reach {}: {}", loop, failure.getMessage());
            if (nobodyListens(failure)) {
                some.addAll(waiting);
                waiting.clear();
                onGone.accept(
                        loop, some.stream().map(SubjectChange::id).distinct().toList());
            }
        }
    }
}
