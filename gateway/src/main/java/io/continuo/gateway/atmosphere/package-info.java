/** Clients of Atmosphere (protocol/atmosphere.md): where their requests come in. */
@NullMarked
package io.continuo.gateway.atmosphere;

import org.jspecify.annotations.NullMarked;
