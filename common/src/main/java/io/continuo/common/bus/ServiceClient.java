package io.continuo.common.bus;

import io.continuo.common.bus.BusMetrics.To;
import io.continuo.common.trace.Trace;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the services over the bus. The answer never fails: what goes wrong on the way becomes a {@link Reply.Failure}
 * that the caller may try again, {@code SERVICE_UNAVAILABLE} or {@code REQUEST_TIMEOUT}.
 */
public final class ServiceClient {
    private static final long TIMEOUT_MS = 6_000;
    private static final long BRIEF_TIMEOUT_MS = 1_000;
    /** How the bus begins to tell the sender of a request that was never handled. */
    private static final String DISCARDED = "Discarded the request";

    private final EventBus bus;
    private final Partitions partitions;
    private final BusMetrics metrics;
    private final Awaited awaited = new Awaited();
    private final DeliveryOptions briefly = new DeliveryOptions().setSendTimeout(BRIEF_TIMEOUT_MS);
    private final DeliveryOptions options = new DeliveryOptions().setSendTimeout(TIMEOUT_MS);

    public ServiceClient(Vertx vertx, Partitions partitions, MeterRegistry meters) {
        this.bus = vertx.eventBus();
        this.partitions = partitions;
        this.metrics = new BusMetrics(meters);
    }

    /** One that counts nothing. */
    public ServiceClient(Vertx vertx, Partitions partitions) {
        this(vertx, partitions, new CompositeMeterRegistry());
    }

    /**
     * Asks the owner of the partition that the request is about, or any instance while there is no owner or when the
     * owner went before it saw the request.
     */
    public Future<Reply> ask(MessagingRequest request) {
        return partition(request)
                .map(partition -> send(To.PARTITION, Addresses.partition(partition), request)
                        .recover(failure -> hasNotArrived(failure)
                                ? send(To.MESSAGING, Addresses.MESSAGING, request)
                                : Future.failedFuture(failure)))
                .orElseGet(() -> send(To.MESSAGING, Addresses.MESSAGING, request))
                .otherwise(ServiceClient::failure);
    }

    /** A conversation's id decides on it, or a user's. */
    private Optional<Integer> partition(MessagingRequest request) {
        return switch (request) {
            case MessagingRequest.InConversation inConversation ->
                Optional.of(partitions.of(inConversation.conversationId()));
            case MessagingRequest.AboutUser aboutUser -> Optional.of(partitions.of(aboutUser.user()));
            case HistoryRequest.Sing sing -> Optional.of(sing.partition());
            default -> Optional.empty();
        };
    }

    /** Asks any instance of the presence service. */
    public Future<Reply> ask(PresenceRequest request) {
        return send(To.PRESENCE, Addresses.PRESENCE, request).otherwise(ServiceClient::failure);
    }

    /** Asks the loop at {@code home}, which may be gone: then nobody waits for it for long. */
    public Future<Reply> ask(String home, VisitMessage request) {
        long sentAt = System.nanoTime();
        return bus.<Reply>request(Addresses.visits(home), request, Trace.onward(briefly))
                .onComplete(answer -> metrics.answered(To.LOOP, sentAt, answer))
                .map(Message::body)
                .otherwise(ServiceClient::failure);
    }

    /** Tells the loop at {@code home}. */
    public void tell(String home, VisitMessage news) {
        bus.send(Addresses.visits(home), news);
    }

    /** Asks any instance of the presence service about subjects. */
    public Future<Reply> ask(SubjectRequest request) {
        return send(To.SUBJECTS, Addresses.SUBJECTS, request).otherwise(ServiceClient::failure);
    }

    /**
     * Answers {@code REQUEST_TIMEOUT} to all that has been asked so long ago and is not answered yet. To be called when a
     * process has left the cluster: what it was asked it does not answer any more, and nobody need wait for the time to run
     * out.
     */
    public void giveUp(Duration atLeast) {
        awaited.giveUp(atLeast);
    }

    private Future<Reply> send(To to, String address, BusMessage request) {
        long sentAt = System.nanoTime();
        return awaited.until(bus.<Reply>request(address, request, Trace.onward(options))
                .onComplete(answer -> metrics.answered(to, sentAt, answer))
                .map(Message::body));
    }

    /** Whether nobody has seen the request, so that it can go to another without being done twice. */
    private static boolean hasNotArrived(Throwable failure) {
        return failure instanceof ReplyException reply
                && (reply.failureType() == ReplyFailure.NO_HANDLERS || isDiscarded(reply));
    }

    /** The consumer went while the request was on its way; the bus calls that a timeout too, at once. */
    private static boolean isDiscarded(ReplyException reply) {
        return reply.failureType() == ReplyFailure.TIMEOUT
                && Objects.requireNonNullElse(reply.getMessage(), "").startsWith(DISCARDED);
    }

    private static Reply failure(Throwable failure) {
        boolean late = failure instanceof ReplyException reply
                && reply.failureType() == ReplyFailure.TIMEOUT
                && !isDiscarded(reply);
        return late
                ? Reply.Failure.of(ErrorCode.REQUEST_TIMEOUT, "The service did not answer in time; try again.")
                : Reply.Failure.of(ErrorCode.SERVICE_UNAVAILABLE, "The service cannot be reached; try again.");
    }
}
