/** The supervised connection to Redis, its scripts and its keys. */
@NullMarked
package io.continuo.common.redis;

import org.jspecify.annotations.NullMarked;
