/** The way of a signal to the sockets of some users. */
@NullMarked
package io.continuo.presence.relay;

import org.jspecify.annotations.NullMarked;
