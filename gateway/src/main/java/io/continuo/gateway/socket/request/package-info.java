/** What a client says on its socket: packets read, queued, executed one after another, answered. */
@NullMarked
package io.continuo.gateway.socket.request;

import org.jspecify.annotations.NullMarked;
