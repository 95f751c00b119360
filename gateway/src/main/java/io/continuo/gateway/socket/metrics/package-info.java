/** What is counted about sockets. */
@NullMarked
package io.continuo.gateway.socket.metrics;

import org.jspecify.annotations.NullMarked;
