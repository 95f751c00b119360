package io.continuo.presence;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Retirement;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.UnderWay;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.Settings;
import io.continuo.presence.relay.Relay;
import io.continuo.presence.status.Pace;
import io.continuo.presence.status.Presence;
import io.continuo.presence.subject.Subjects;
import io.continuo.presence.typing.Typing;
import io.continuo.presence.visit.Visits;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;

/** One instance of the presence service; any number of them share the work. */
public final class PresenceVerticle extends VerticleBase {
    private final Settings settings;
    private final Pace pace;
    private final UnderWay underWay = new UnderWay();
    private @Nullable RedisLink redis;
    private @Nullable Subjects subjects;
    private @Nullable Presence presence;
    private @Nullable MessageConsumer<PresenceRequest> consumer;

    public PresenceVerticle(Settings settings) {
        this(settings, Pace.NORMAL);
    }

    PresenceVerticle(Settings settings, Pace pace) {
        this.settings = settings;
        this.pace = pace;
    }

    @Override
    public Future<?> start() {
        return RedisLink.open(vertx, settings.redis()).compose(this::serve);
    }

    @Override
    public Future<?> stop() {
        if (presence != null) {
            presence.stop();
        }
        Future<Void> retired = consumer == null ? Future.succeededFuture() : Retirement.of(vertx, consumer);
        return retired.eventually(() -> subjects == null ? Future.succeededFuture() : subjects.stop())
                .eventually(underWay::none)
                .eventually(() -> redis == null ? Future.succeededFuture() : redis.close());
    }

    private Future<?> serve(RedisLink link) {
        redis = link;
        Partitions partitions = new Partitions(settings.redis().partitions());
        Relay relay = new Relay(vertx.eventBus(), link);
        Presence status = new Presence(link, relay, pace);
        Typing typing = new Typing(link, new ServiceClient(vertx, partitions), relay);
        presence = status;
        return status.prepare().compose(ready -> {
            status.start(vertx);
            consumer = vertx.eventBus()
                    .consumer(Addresses.PRESENCE, new RequestHandler(status, typing, new Visits(link), underWay));
            Subjects served = new Subjects(vertx, link, underWay);
            subjects = served;
            return consumer.completion().compose(reachable -> served.start());
        });
    }
}
