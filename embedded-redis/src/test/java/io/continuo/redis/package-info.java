@NullMarked
package io.continuo.redis;

import org.jspecify.annotations.NullMarked;
