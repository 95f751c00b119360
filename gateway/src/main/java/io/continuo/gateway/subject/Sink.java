package io.continuo.gateway.subject;

/** Where a subscription's events go. Called on the event loop of the subscription. */
public interface Sink {

    /**
     * Whether it would take an event now. While it does not, changes are conflated; {@link Subscription#drained} makes it
     * asked again. Lifecycles are never conflated, so they may come in any case.
     */
    boolean isWritable();

    void deliver(SubjectEvent event);
}
