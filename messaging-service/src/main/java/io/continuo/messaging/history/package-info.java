/** Every client's history: append, attach, read, and the verdict on a resumption. */
@NullMarked
package io.continuo.messaging.history;

import org.jspecify.annotations.NullMarked;
