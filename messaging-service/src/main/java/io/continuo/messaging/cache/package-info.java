/** What an instance remembers of what it has read lately; bounded. */
@NullMarked
package io.continuo.messaging.cache;

import org.jspecify.annotations.NullMarked;
