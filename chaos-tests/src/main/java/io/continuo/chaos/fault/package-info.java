/** What goes wrong, and when. */
@NullMarked
package io.continuo.chaos.fault;

import org.jspecify.annotations.NullMarked;
