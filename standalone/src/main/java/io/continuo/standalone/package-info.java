/** Everything in one process: wiring, and nothing else. */
@NullMarked
package io.continuo.standalone;

import org.jspecify.annotations.NullMarked;
