package io.continuo.messaging;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.Part;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.HistorySettings;
import io.continuo.common.settings.Settings;
import io.continuo.farm.Topology;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The messaging service on a real Redis, and a gateway loop that writes down what it is given. */
final class Service {
    static final String LOOP = Addresses.loop("test", 0);

    private final Topology.Chosen redis;
    final Vertx vertx = Vertx.vertx();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final Settings settings;
    private final ServiceClient client;
    private final Map<String, List<Delivery>> delivered = Collections.synchronizedMap(new HashMap<>());
    private long token;
    private @Nullable Context linkContext;
    private @Nullable Future<RedisLink> link;

    Service(int instances) throws Exception {
        this(instances, Map.of());
    }

    /** @param more settings */
    Service(int instances, Map<String, String> more) throws Exception {
        this(instances, more, Duration.ofDays(2));
    }

    /** @param retention of histories */
    Service(int instances, Map<String, String> more, Duration retention) throws Exception {
        this(instances, more, retention, Topology.chosen());
    }

    /** On a Redis of the test's own. */
    Service(int instances, Map<String, String> more, Topology.Chosen redis) throws Exception {
        this(instances, more, Duration.ofDays(2), redis);
    }

    private Service(int instances, Map<String, String> more, Duration retention, Topology.Chosen redis)
            throws Exception {
        this.redis = redis;
        Map<String, String> all = new HashMap<>(more);
        all.putAll(redis.settings());
        all.put("CONTINUO_LARGE_ROOM", "5");
        Settings given = Settings.of(all);
        settings = given.with(new HistorySettings(retention, given.history().maxEvents()));
        client = new ServiceClient(vertx, new Partitions(settings.redis().partitions()));
        RecordCodec.register(vertx);
        vertx.eventBus().<GatewayMessage.Deliver>consumer(LOOP, batch -> {
            batch.body().batches().forEach(this::write);
            batch.reply(Reply.Done.INSTANCE);
        });
        for (int i = 0; i < instances; i++) {
            await(vertx.deployVerticle(instance("instance-" + i)));
        }
    }

    /** One more instance of the service, to be deployed. */
    MessagingVerticle instance(String name) {
        return new MessagingVerticle(settings, name, meters);
    }

    private void write(GatewayMessage.Batch batch) {
        batch.recipients()
                .forEach(recipient -> delivered
                        .computeIfAbsent(recipient.user(), user -> Collections.synchronizedList(new ArrayList<>()))
                        .add(new Delivery(recipient.position(), batch.event(), recipient.unread())));
    }

    /** What {@code user} has been given so far. */
    List<Delivery> delivered(String user) {
        return List.copyOf(delivered.getOrDefault(user, List.of()));
    }

    /** Asks Redis itself, behind the service's back. */
    <T> T redis(Function<RedisLink, Future<T>> asking) throws Exception {
        Context context = Objects.requireNonNullElseGet(linkContext, vertx::getOrCreateContext);
        linkContext = context;
        return await(Future.future(
                promise -> context.runOnContext(go -> link().compose(asking).onComplete(promise))));
    }

    private Future<RedisLink> link() {
        Future<RedisLink> known = link;
        if (known == null) {
            known = RedisLink.open(vertx, settings.redis());
            link = known;
        }
        return known;
    }

    Reply ask(MessagingRequest request) throws Exception {
        return await(client.ask(request));
    }

    Future<Reply> asking(MessagingRequest request) {
        return client.ask(request);
    }

    /** Asks again, as clients do, while the service says that it cannot right now. */
    Future<Reply> insisting(MessagingRequest request) {
        return asking(request).compose(reply -> {
            boolean later = reply instanceof Reply.Failure failure
                    && (failure.code() == ErrorCode.SERVICE_UNAVAILABLE || failure.code() == ErrorCode.REQUEST_TIMEOUT);
            return later
                    ? vertx.timer(50, TimeUnit.MILLISECONDS).compose(pause -> insisting(request))
                    : Future.succeededFuture(reply);
        });
    }

    Reply.Attached attach(String user) throws Exception {
        return (Reply.Attached) ask(new HistoryRequest.Attach(user, "session", 7, LOOP, ++token, null));
    }

    Reply.Attached resume(String user, Position since) throws Exception {
        return (Reply.Attached) ask(new HistoryRequest.Attach(user, "session", 7, LOOP, ++token, since));
    }

    String conversation(String... users) throws Exception {
        Reply reply = ask(
                new ConversationRequest.CreateConversation(users[0], LayerId.newUuid(), List.of(users), false, null));
        return assertInstanceOf(Reply.ConversationFound.class, reply)
                .view()
                .conversation()
                .id();
    }

    Message say(String user, String conversation, String text) throws Exception {
        return ((Reply.MessageFound) ask(message(user, conversation, text))).message();
    }

    static MessageRequest.CreateMessage message(String user, String conversation, String text) {
        return new MessageRequest.CreateMessage(user, conversation, LayerId.newUuid(), List.of(part(text)));
    }

    static Part part(String text) {
        return new Part(LayerId.newUuid(), "text/plain", text, null, null, text.length());
    }

    /** The texts of the messages among {@code deliveries}. */
    static List<String> texts(List<Delivery> deliveries) {
        List<String> texts = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            if (delivery.event() instanceof Event.MessageCreated created) {
                texts.add(String.valueOf(created.message().parts().getFirst().body()));
            }
        }
        return texts;
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    void close() throws Exception {
        await(vertx.close());
        redis.close();
    }
}
