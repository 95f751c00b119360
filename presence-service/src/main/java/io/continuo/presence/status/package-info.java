/** Presence: one status per user out of all connections (protocol/layer.md §9.2). */
@NullMarked
package io.continuo.presence.status;

import org.jspecify.annotations.NullMarked;
