/** Where clients of Atmosphere stand, so that they can come back to any gateway (protocol/atmosphere.md §3.3). */
@NullMarked
package io.continuo.presence.visit;

import org.jspecify.annotations.NullMarked;
