package io.continuo.messaging.schedule;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.InstanceRequest;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessageRequest.CreateMessage;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.event.Position;
import io.continuo.common.model.Message;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.redis.RedisLink;
import io.continuo.messaging.conversation.Conversations;
import io.continuo.messaging.identity.Identities;
import io.continuo.messaging.outbox.PartitionDuty;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Messages that are to be sent later (protocol/layer.md §14.1). They are kept in Redis and sent by the owner of their
 * conversation's partition, whoever that is when their time comes.
 *
 * <p>Threading: lives on its verticle's event loop.
 */
public final class Schedule implements PartitionDuty {
    /** Should the word of another instance get lost, its message is noticed with this delay. */
    private static final long LOOK_EVERY_MS = 10_000;

    private static final int LONGEST_DELAY_S = 300;

    private final Vertx vertx;
    private final Partitions partitions;
    private final ScheduleStore store;
    private final Identities identities;
    private final Function<MessagingRequest, Future<Reply>> send;
    private final ServiceClient services;
    private final Map<Integer, PartitionSchedule> ours = new HashMap<>();

    /** @param send sends a message now */
    public Schedule(
            Vertx vertx,
            RedisLink redis,
            Partitions partitions,
            Identities identities,
            Function<MessagingRequest, Future<Reply>> send) {
        this.vertx = vertx;
        this.partitions = partitions;
        this.store = new ScheduleStore(redis);
        this.identities = identities;
        this.send = send;
        this.services = new ServiceClient(vertx, partitions);
        vertx.setPeriodic(LOOK_EVERY_MS, tick -> ours.values().forEach(PartitionSchedule::look));
    }

    /** Keeps a message; answers with how it will look. */
    public Future<Reply> schedule(MessageRequest.ScheduleMessage request) {
        if (request.delaySeconds() < 1 || request.delaySeconds() > LONGEST_DELAY_S) {
            return wrong("schedule.delay_in_seconds", "A message can be delayed by 1 to 300 seconds.");
        }
        if (request.typingSeconds() < 0 || request.typingSeconds() > request.delaySeconds()) {
            return wrong("schedule.typing_indicator_in_seconds", "This must be between 0 and delay_in_seconds.");
        }
        int partition = partitions.of(request.conversationId());
        return store.schedule(partition, request).compose(scheduling -> switch (scheduling) {
            case ScheduleStore.Scheduling.Scheduled scheduled -> {
                tell(partition);
                yield view(request.message(), scheduled.dueAt());
            }
            case ScheduleStore.Scheduling.Repeated repeated ->
                Future.succeededFuture(
                        Reply.Failure.of(ErrorCode.ID_IN_USE, "A message with this id exists or is scheduled."));
            case ScheduleStore.Scheduling.NeverTookPart never -> Future.succeededFuture(Conversations.UNKNOWN);
            case ScheduleStore.Scheduling.TakesPartNoMore former -> Future.succeededFuture(Conversations.LEFT);
        });
    }

    /** Another instance has scheduled something in a partition of ours. */
    public Future<Reply> look(InstanceRequest.LookAtSchedule request) {
        look(request.partition());
        return Future.succeededFuture(Reply.Done.INSTANCE);
    }

    @Override
    public void take(int partition) {
        PartitionSchedule schedule = new PartitionSchedule(vertx, partition, store, send, services);
        ours.put(partition, schedule);
        schedule.look();
    }

    @Override
    public void lose(int partition) {
        PartitionSchedule lost = ours.remove(partition);
        if (lost != null) {
            lost.close();
        }
    }

    private void tell(int partition) {
        if (!look(partition)) {
            vertx.eventBus().send(Addresses.partition(partition), new InstanceRequest.LookAtSchedule(partition));
        }
    }

    private boolean look(int partition) {
        PartitionSchedule schedule = ours.get(partition);
        if (schedule != null) {
            schedule.look();
        }
        return schedule != null;
    }

    private Future<Reply> view(CreateMessage message, long dueAt) {
        return identities
                .person(message.user())
                .map(sender -> new Reply.MessageFound(
                        new Message(
                                message.messageId(),
                                message.conversationId(),
                                0,
                                sender,
                                dueAt,
                                message.parts(),
                                Map.of(message.user(), ReceiptStatus.READ)),
                        Position.BEGINNING));
    }

    private static Future<Reply> wrong(String property, String message) {
        return Future.succeededFuture(Reply.Failure.ofProperty(ErrorCode.INVALID_PROPERTY, property, message));
    }
}
