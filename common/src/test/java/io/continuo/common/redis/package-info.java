@NullMarked
package io.continuo.common.redis;

import org.jspecify.annotations.NullMarked;
