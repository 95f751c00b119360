/** Typing indicators (protocol/layer.md §9.1). */
@NullMarked
package io.continuo.presence.typing;

import org.jspecify.annotations.NullMarked;
