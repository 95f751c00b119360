/** Users' profiles and sessions. */
@NullMarked
package io.continuo.messaging.identity;

import org.jspecify.annotations.NullMarked;
