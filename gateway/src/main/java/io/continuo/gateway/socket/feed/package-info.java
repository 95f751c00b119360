/**
 * What makes sure that a connection gets every event of its client's history exactly once and in order: the cursor, and
 * the reading that fills holes. Knows neither sockets nor dialects.
 */
@NullMarked
package io.continuo.gateway.socket.feed;

import org.jspecify.annotations.NullMarked;
