/** Plays the examples of docs/protocol.md against a running server. */
@NullMarked
package io.continuo.standalone.guide;

import org.jspecify.annotations.NullMarked;
