/** A Redis that a process brings along: for the one-process mode and for tests. */
@NullMarked
package io.continuo.redis;

import org.jspecify.annotations.NullMarked;
