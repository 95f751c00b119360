@NullMarked
package io.continuo.gateway.atmosphere.navixy;

import org.jspecify.annotations.NullMarked;
