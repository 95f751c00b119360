package io.continuo.presence.typing;

import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.event.Signal;
import io.continuo.common.event.TypingState;
import io.continuo.common.model.Person;
import io.continuo.common.redis.RedisLink;
import io.continuo.presence.relay.Relay;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on who is writing, and moves those who fall silent from started over paused to finished (protocol/layer.md
 * §9.1). Signals of those who take no part are dropped in silence.
 *
 * <p>Threading: belongs to one event loop.
 */
public final class Typing {
    private static final Logger log = LoggerFactory.getLogger(Typing.class);
    /** Writers beyond these do not decay; whoever sees them lets go after six seconds without news. */
    private static final int MOST_TIMERS = 100_000;

    private final Vertx vertx;
    private final Pace pace;
    private final Audiences audiences;
    private final People people;
    private final TypingScript script;
    private final Relay relay;
    private final Map<Writer, Long> timers = new HashMap<>();

    public Typing(Vertx vertx, RedisLink redis, ServiceClient services, Relay relay, Pace pace) {
        this.vertx = vertx;
        this.pace = pace;
        this.audiences = new Audiences(services);
        this.people = new People(redis);
        this.script = new TypingScript(redis, pace.repetition());
        this.relay = relay;
    }

    /** Takes a user's word; completes when it is passed on, ignored or refused, and never fails. */
    public Future<Void> type(PresenceRequest.Type request) {
        Writer writer = new Writer(request.user(), request.conversationId());
        return audiences
                .othersThan(writer.user(), writer.conversationId())
                .compose(others -> script.say(writer.user(), writer.conversationId(), request.state())
                        .compose(version -> passOn(writer, request.state(), version, others)))
                .recover(Typing::drop);
    }

    private Future<Void> passOn(Writer writer, TypingState state, long version, List<String> others) {
        if (version == TypingScript.NONE) {
            return Future.succeededFuture();
        }
        expectNews(writer, state, version);
        Future<Person> sender = people.find(writer.user());
        Future<Relay.Routes> routes = relay.find(others, writer.user());
        return Future.all(sender, routes).map(found -> {
            relay.send(new Signal.Typing(writer.conversationId(), sender.result(), state), routes.result());
            return null;
        });
    }

    /** Without news until then, the writer's state decays. */
    private void expectNews(Writer writer, TypingState state, long version) {
        Long waiting = timers.remove(writer);
        if (waiting != null) {
            vertx.cancelTimer(waiting);
        }
        if (state != TypingState.FINISHED && timers.size() < MOST_TIMERS) {
            timers.put(writer, vertx.setTimer(pace.step().toMillis(), fired -> {
                timers.remove(writer, fired);
                decay(writer, state == TypingState.STARTED ? TypingState.PAUSED : TypingState.FINISHED, version);
            }));
        }
    }

    private void decay(Writer writer, TypingState next, long version) {
        script.decay(writer.user(), writer.conversationId(), next, version)
                .compose(moved -> moved == TypingScript.NONE
                        ? Future.succeededFuture()
                        : audiences
                                .othersThan(writer.user(), writer.conversationId())
                                .compose(others -> passOn(writer, next, moved, others)))
                .recover(Typing::drop);
    }

    private static Future<Void> drop(Throwable failure) {
        log.debug("A typing signal was dropped: {}", failure.getMessage());
        return Future.succeededFuture();
    }

    /**
     * @param step how long a state holds without news; more than the 2.5 s after which clients repeat it
     * @param repetition for how long a repeated state is ignored
     */
    public record Pace(Duration step, Duration repetition) {
        public static final Pace NORMAL = new Pace(Duration.ofSeconds(4), Duration.ofSeconds(1));
    }

    private record Writer(String user, String conversationId) {}
}
