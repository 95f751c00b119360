/** The messaging service: the operations behind both REST and WebSocket, reachable only over the event bus. */
@NullMarked
package io.continuo.messaging;

import org.jspecify.annotations.NullMarked;
