/** Sockets: the handshake, connections, and the event loop on which they live. */
@NullMarked
package io.continuo.gateway.socket;

import org.jspecify.annotations.NullMarked;
