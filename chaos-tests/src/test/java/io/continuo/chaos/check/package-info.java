@NullMarked
package io.continuo.chaos.check;

import org.jspecify.annotations.NullMarked;
