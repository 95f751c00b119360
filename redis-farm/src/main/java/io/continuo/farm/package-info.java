/** Redis servers in all the shapes that Continuo runs on, started for tests and broken by them. */
@NullMarked
package io.continuo.farm;

import org.jspecify.annotations.NullMarked;
