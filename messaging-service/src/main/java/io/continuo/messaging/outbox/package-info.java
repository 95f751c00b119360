/** Accepted changes on their way into all histories: partitions, their owners, the fan-out, the deliveries. */
@NullMarked
package io.continuo.messaging.outbox;

import org.jspecify.annotations.NullMarked;
