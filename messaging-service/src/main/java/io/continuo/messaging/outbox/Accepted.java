package io.continuo.messaging.outbox;

import io.continuo.messaging.history.EventRef;

/**
 * A change that Redis has stored and that is now to reach every history.
 *
 * @param stamp its place in the partition's order
 * @param before the stamp before it: shows whether another instance has accepted something in between
 */
public record Accepted(int partition, long stamp, long before, EventRef ref) {}
