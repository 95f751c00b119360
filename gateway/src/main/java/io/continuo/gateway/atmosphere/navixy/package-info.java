/** Navixy's event subscriptions on top of Atmosphere (protocol/atmosphere.md §6). */
@NullMarked
package io.continuo.gateway.atmosphere.navixy;

import org.jspecify.annotations.NullMarked;
