/** The presence service: who is there, and who is writing. */
@NullMarked
package io.continuo.presence;

import org.jspecify.annotations.NullMarked;
