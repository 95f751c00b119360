/** The ways on which texts reach a client: WebSocket, held streams, polls (protocol/atmosphere.md §2, §4). */
@NullMarked
package io.continuo.gateway.atmosphere.transport;

import org.jspecify.annotations.NullMarked;
