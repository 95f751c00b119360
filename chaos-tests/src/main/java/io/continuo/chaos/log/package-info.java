/** What clients write down, one line for each thing that they see or do. */
@NullMarked
package io.continuo.chaos.log;

import org.jspecify.annotations.NullMarked;
