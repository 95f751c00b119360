/** What clients can ask for: one table of operations, from which REST and WebSocket both are made. */
@NullMarked
package io.continuo.gateway.api;

import org.jspecify.annotations.NullMarked;
