/** What Atmosphere's clients say of themselves, and the form of what they are sent (protocol/atmosphere.md §2). */
@NullMarked
package io.continuo.gateway.atmosphere.wire;

import org.jspecify.annotations.NullMarked;
