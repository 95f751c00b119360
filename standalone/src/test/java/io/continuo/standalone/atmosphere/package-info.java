/** Clients of Atmosphere beside those of Layer, as the same users. */
@NullMarked
package io.continuo.standalone.atmosphere;

import org.jspecify.annotations.NullMarked;
