@NullMarked
package io.continuo.chaos;

import org.jspecify.annotations.NullMarked;
