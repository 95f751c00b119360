/** The real processes: Redis, the roles, the balancer, and the network between them. */
@NullMarked
package io.continuo.chaos.place;

import org.jspecify.annotations.NullMarked;
