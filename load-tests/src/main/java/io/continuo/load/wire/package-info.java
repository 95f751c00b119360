/** A client so lean that one core of it loads one core of server: bytes are scanned, never parsed. */
@NullMarked
package io.continuo.load.wire;

import org.jspecify.annotations.NullMarked;
