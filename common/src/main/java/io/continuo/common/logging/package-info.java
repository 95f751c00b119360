/** How a process logs. */
@NullMarked
package io.continuo.common.logging;

import org.jspecify.annotations.NullMarked;
