/** Reads what clients wrote down and states what is wrong. */
@NullMarked
package io.continuo.chaos.check;

import org.jspecify.annotations.NullMarked;
