package io.continuo.presence;

import io.continuo.common.admin.Readiness;
import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.Listening;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.TimelyRequests;
import io.continuo.common.bus.UnderWay;
import io.continuo.common.canary.Proof;
import io.continuo.common.canary.ServiceCanary;
import io.continuo.common.model.UserId;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.Settings;
import io.continuo.presence.relay.Relay;
import io.continuo.presence.status.Pace;
import io.continuo.presence.status.Presence;
import io.continuo.presence.subject.Subjects;
import io.continuo.presence.typing.Typing;
import io.continuo.presence.visit.Visits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One instance of the presence service; any number of them share the work. */
public final class PresenceVerticle extends VerticleBase {
    private final Settings settings;
    private final String instance;
    private final Proof proof;
    private final Pace pace;
    private final UnderWay underWay = new UnderWay();
    private @Nullable RedisLink redis;
    private @Nullable Subjects subjects;
    private @Nullable Presence presence;
    private @Nullable Listening<PresenceRequest> listening;
    private @Nullable ServiceCanary canary;

    /** @param instance unique among the living */
    public PresenceVerticle(Settings settings, String instance, Proof proof) {
        this(settings, instance, proof, Pace.NORMAL);
    }

    /** Nobody asks whether it works. */
    public PresenceVerticle(Settings settings) {
        this(settings, Pace.NORMAL);
    }

    PresenceVerticle(Settings settings, Pace pace) {
        this(
                settings,
                "alone",
                new Proof("presence", settings.node().canaryLate(), new Readiness(), new SimpleMeterRegistry()),
                pace);
    }

    private PresenceVerticle(Settings settings, String instance, Proof proof, Pace pace) {
        this.settings = settings;
        this.instance = instance;
        this.proof = proof;
        this.pace = pace;
    }

    @Override
    public Future<?> start() {
        return RedisLink.open(vertx, settings.redis(), proof.meters()).compose(this::serve);
    }

    @Override
    public Future<?> stop() {
        if (canary != null) {
            canary.stop();
        }
        if (presence != null) {
            presence.stop();
        }
        Future<Void> retired = listening == null ? Future.succeededFuture() : listening.retire();
        return retired.eventually(() -> subjects == null ? Future.succeededFuture() : subjects.stop())
                .eventually(underWay::none)
                .eventually(() -> redis == null ? Future.succeededFuture() : redis.close());
    }

    private Future<?> serve(RedisLink link) {
        redis = link;
        Partitions partitions = new Partitions(settings.redis().partitions());
        Relay relay = new Relay(vertx.eventBus(), link);
        Presence status = new Presence(link, relay, pace);
        Typing typing = new Typing(link, new ServiceClient(vertx, partitions, proof.meters()), relay);
        presence = status;
        return status.prepare().compose(ready -> {
            status.start(vertx);
            String own = Addresses.presence(instance);
            RequestHandler requests = new RequestHandler(status, typing, new Visits(link), underWay);
            Listening<PresenceRequest> ears =
                    new Listening<>(vertx, new TimelyRequests<>(vertx, proof.meters(), requests));
            listening = ears;
            Subjects served = new Subjects(vertx, link, underWay, proof.meters());
            subjects = served;
            ServiceCanary proving = new ServiceCanary(vertx, proof, own, question(own), List.of(ears, served.ears()));
            canary = proving;
            return Future.join(ears.at(Addresses.PRESENCE), ears.at(own))
                    .compose(reachable -> served.start())
                    .onSuccess(serving -> proving.start());
        });
    }

    /** Nobody who is, and yet Redis has to be asked. */
    private static PresenceRequest question(String own) {
        String nobody = UserId.canary(own);
        return new PresenceRequest.Look(nobody, List.of(nobody));
    }
}
