/** Who is there and who is writing, as far as it concerns the sockets of one event loop (protocol/layer.md §7.6, §9). */
@NullMarked
package io.continuo.gateway.socket.presence;

import org.jspecify.annotations.NullMarked;
