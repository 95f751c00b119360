/** Rooms full of clients, and the messages that travel through them. */
@NullMarked
package io.continuo.load.room;

import org.jspecify.annotations.NullMarked;
