/** Subjects: their facts and values, who may see them, and the gateway loops that watch them. */
@NullMarked
package io.continuo.presence.subject;

import org.jspecify.annotations.NullMarked;
