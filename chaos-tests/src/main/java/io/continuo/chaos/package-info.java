/** Kill tests: a cluster of real processes behind a real balancer, and one checker. */
@NullMarked
package io.continuo.chaos;

import org.jspecify.annotations.NullMarked;
