/** What happens to those things, as a client's history records it, and where in that history it stands. */
@NullMarked
package io.continuo.common.event;

import org.jspecify.annotations.NullMarked;
