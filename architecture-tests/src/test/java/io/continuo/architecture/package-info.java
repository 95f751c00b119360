/** The rules between modules and inside them, checked on the compiled classes of all modules. */
@NullMarked
package io.continuo.architecture;

import org.jspecify.annotations.NullMarked;
