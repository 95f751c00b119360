/** An even spread of the connections over a cluster's gateways. */
@NullMarked
package io.continuo.gateway.balance;

import org.jspecify.annotations.NullMarked;
