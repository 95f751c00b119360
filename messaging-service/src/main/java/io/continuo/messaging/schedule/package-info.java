/** Messages that are to be sent later. */
@NullMarked
package io.continuo.messaging.schedule;

import org.jspecify.annotations.NullMarked;
