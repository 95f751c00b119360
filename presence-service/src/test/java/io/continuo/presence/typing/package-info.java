@NullMarked
package io.continuo.presence.typing;

import org.jspecify.annotations.NullMarked;
