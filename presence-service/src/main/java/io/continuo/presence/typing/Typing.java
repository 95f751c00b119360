package io.continuo.presence.typing;

import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.event.Signal;
import io.continuo.common.model.Person;
import io.continuo.common.redis.RedisLink;
import io.continuo.presence.relay.Relay;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on who is writing (protocol/layer.md §9.1). Signals of those who take no part are dropped in silence. Nothing has
 * to be said when a writer falls silent: the gateways that show it see to that, whoever has died on the way to them.
 *
 * <p>Threading: belongs to one event loop.
 */
public final class Typing {
    private static final Logger log = LoggerFactory.getLogger(Typing.class);

    /** For how long a repeated state is ignored; less than the 2.5 s after which clients repeat it. */
    private static final Duration REPETITION = Duration.ofSeconds(1);

    private final Audiences audiences;
    private final People people;
    private final TypingScript script;
    private final Relay relay;

    public Typing(RedisLink redis, ServiceClient services, Relay relay) {
        this.audiences = new Audiences(services);
        this.people = new People(redis);
        this.script = new TypingScript(redis, REPETITION);
        this.relay = relay;
    }

    /** Takes a user's word; completes when it is passed on, ignored or refused, and never fails. */
    public Future<Void> type(PresenceRequest.Type request) {
        return audiences
                .othersThan(request.user(), request.conversationId())
                .compose(others -> script.say(request.user(), request.conversationId(), request.state())
                        .compose(version -> version == TypingScript.NONE
                                ? Future.<Void>succeededFuture()
                                : passOn(request, version, others)))
                .recover(Typing::drop);
    }

    private Future<Void> passOn(PresenceRequest.Type said, long version, List<String> others) {
        Future<Person> sender = people.find(said.user());
        Future<Relay.Routes> routes = relay.find(others, said.user());
        return Future.all(sender, routes).map(found -> {
            relay.send(
                    new Signal.Typing(said.conversationId(), sender.result(), said.state(), version), routes.result());
            return null;
        });
    }

    private static Future<Void> drop(Throwable failure) {
        log.debug("A typing signal was dropped: {}", failure.getMessage());
        return Future.succeededFuture();
    }
}
