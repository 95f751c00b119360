package io.continuo.common.bus;

/**
 * Conversations are spread over partitions: what belongs to one partition sits in one slot of Redis Cluster and is
 * fanned out by one worker.
 *
 * @param count a power of two; never changes in the life of a data set
 */
public record Partitions(int count) {

    /** Which partition a conversation belongs to, 0 to {@code count - 1}. */
    public int of(String conversationId) {
        int hash = conversationId.hashCode();
        return (hash ^ (hash >>> 16)) & (count - 1);
    }
}
