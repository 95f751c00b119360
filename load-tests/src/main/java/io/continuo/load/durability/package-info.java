/** What each degree of durability costs: {@code scripts/durability.sh}. */
@NullMarked
package io.continuo.load.durability;

import org.jspecify.annotations.NullMarked;
