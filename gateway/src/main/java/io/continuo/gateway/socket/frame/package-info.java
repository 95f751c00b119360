/** From WebSocket frames to messages, and from packets to frames. */
@NullMarked
package io.continuo.gateway.socket.frame;

import org.jspecify.annotations.NullMarked;
