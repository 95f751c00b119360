/** The benchmark: what a delivery costs, what an idle connection weighs, what a resume loses. */
@NullMarked
package io.continuo.load;

import org.jspecify.annotations.NullMarked;
