package io.continuo.messaging.outbox;

/**
 * What the owner of a partition does there besides the fan-out.
 *
 * <p>Threading: called on the owner's event loop.
 */
public interface PartitionDuty {

    /** From now on the partition is ours. What an owner before left behind is to be taken over. */
    void take(int partition);

    /** The partition is another instance's, or nobody's. */
    void lose(int partition);
}
