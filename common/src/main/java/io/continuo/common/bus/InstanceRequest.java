package io.continuo.common.bus;

/** What instances of the messaging service tell each other. */
public sealed interface InstanceRequest extends MessagingRequest {

    /**
     * To the owner of a partition, from an instance that has accepted a change there: look for it; answered by
     * {@link Reply.Done} when it has reached all histories.
     */
    record Settle(int partition, long stamp) implements InstanceRequest {}

    /** To the owner of a partition: another instance has scheduled a message there; answered by {@link Reply.Done}. */
    record LookAtSchedule(int partition) implements InstanceRequest {}

    /**
     * To all instances: what is deleted is not to be remembered. Not answered.
     *
     * @param position of the message; 0 for the whole conversation
     */
    record Forget(String conversationId, long position) implements InstanceRequest {}

    /** To all instances: webhooks have changed. Not answered. */
    record RefreshWebhooks() implements InstanceRequest {}
}
