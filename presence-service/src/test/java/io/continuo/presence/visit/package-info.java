@NullMarked
package io.continuo.presence.visit;

import org.jspecify.annotations.NullMarked;
