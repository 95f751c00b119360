@NullMarked
package io.continuo.gateway.atmosphere.wire;

import org.jspecify.annotations.NullMarked;
