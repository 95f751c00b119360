/** The server under test: started as its users start it, pinned, and watched from outside. */
@NullMarked
package io.continuo.load.server;

import org.jspecify.annotations.NullMarked;
