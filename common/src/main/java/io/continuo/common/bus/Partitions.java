package io.continuo.common.bus;

/**
 * Conversations are spread over partitions: what belongs to one partition sits in one slot of Redis Cluster and is
 * fanned out by one worker. So are the changes of users, though their data sit in slots of their own.
 *
 * @param count a power of two; never changes in the life of a data set
 */
public record Partitions(int count) {

    /** Which partition a conversation belongs to, or a user's changes, by their id; 0 to {@code count - 1}. */
    public int of(String id) {
        int hash = id.hashCode();
        return (hash ^ (hash >>> 16)) & (count - 1);
    }
}
