@NullMarked
package io.continuo.gateway.atmosphere;

import org.jspecify.annotations.NullMarked;
