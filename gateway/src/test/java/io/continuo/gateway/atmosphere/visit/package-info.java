@NullMarked
package io.continuo.gateway.atmosphere.visit;

import org.jspecify.annotations.NullMarked;
