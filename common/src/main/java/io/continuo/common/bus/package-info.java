/** What the modules say to each other over the event bus. */
@NullMarked
package io.continuo.common.bus;

import org.jspecify.annotations.NullMarked;
