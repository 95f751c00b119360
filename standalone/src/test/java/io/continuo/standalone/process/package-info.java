/** Continuo in processes of its own, started as users start it, and stopped as users do not. */
@NullMarked
package io.continuo.standalone.process;

import org.jspecify.annotations.NullMarked;
