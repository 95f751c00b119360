/** Clients that talk at a steady rate and come back whenever they are cut. */
@NullMarked
package io.continuo.chaos.talk;

import org.jspecify.annotations.NullMarked;
