@NullMarked
package io.continuo.presence;

import org.jspecify.annotations.NullMarked;
