package io.continuo.presence;

import io.continuo.common.admin.Readiness;
import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.Listening;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.UnderWay;
import io.continuo.common.canary.Proof;
import io.continuo.common.canary.ServiceCanary;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.Settings;
import io.continuo.presence.relay.Relay;
import io.continuo.presence.status.Presence;
import io.continuo.presence.typing.Typing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One instance of the presence service; any number of them share the work. */
public final class PresenceVerticle extends VerticleBase {
    private final Settings settings;
    private final Typing.Pace pace;
    private final UnderWay underWay = new UnderWay();
    private @Nullable RedisLink redis;
    private final String instance;
    private final Proof proof;
    private @Nullable Listening<PresenceRequest> listening;
    private @Nullable ServiceCanary canary;

    /** @param instance unique among the living */
    public PresenceVerticle(Settings settings, String instance, Proof proof) {
        this(settings, instance, proof, Typing.Pace.NORMAL);
    }

    /** Nobody asks whether it works. */
    PresenceVerticle(Settings settings) {
        this(settings, Typing.Pace.NORMAL);
    }

    PresenceVerticle(Settings settings, Typing.Pace pace) {
        this(
                settings,
                "alone",
                new Proof("presence", settings.node().canaryLate(), new Readiness(), new SimpleMeterRegistry()),
                pace);
    }

    private PresenceVerticle(Settings settings, String instance, Proof proof, Typing.Pace pace) {
        this.settings = settings;
        this.instance = instance;
        this.proof = proof;
        this.pace = pace;
    }

    @Override
    public Future<?> start() {
        return RedisLink.open(vertx, settings.redis()).compose(this::serve);
    }

    @Override
    public Future<?> stop() {
        if (canary != null) {
            canary.stop();
        }
        Future<Void> retired = listening == null ? Future.succeededFuture() : listening.retire();
        return retired.eventually(underWay::none)
                .eventually(() -> redis == null ? Future.succeededFuture() : redis.close());
    }

    private Future<?> serve(RedisLink link) {
        redis = link;
        Partitions partitions = new Partitions(settings.redis().partitions());
        Relay relay = new Relay(vertx.eventBus(), link);
        Presence presence = new Presence(link, relay);
        Typing typing = new Typing(vertx, link, new ServiceClient(vertx, partitions), relay, pace);
        return presence.prepare().compose(ready -> {
            String own = Addresses.presence(instance);
            Listening<PresenceRequest> ears = new Listening<>(vertx, new RequestHandler(presence, typing, underWay));
            listening = ears;
            ServiceCanary proving = new ServiceCanary(vertx, proof, own, question(own), List.of(ears));
            canary = proving;
            return Future.join(ears.at(Addresses.PRESENCE), ears.at(own)).onSuccess(reachable -> proving.start());
        });
    }

    /** Nobody who is, and yet Redis has to be asked. */
    private static PresenceRequest question(String own) {
        String nobody = UserId.canary(own);
        return new PresenceRequest.Look(nobody, List.of(nobody));
    }
}
