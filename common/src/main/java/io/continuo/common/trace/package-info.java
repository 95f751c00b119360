/** One id for everything that a request causes, in the logs of all processes. */
@NullMarked
package io.continuo.common.trace;

import org.jspecify.annotations.NullMarked;
