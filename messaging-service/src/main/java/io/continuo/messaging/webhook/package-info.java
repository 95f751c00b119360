/** Events on their way to the backends of apps: who wants which, what is pending, and its delivery. */
@NullMarked
package io.continuo.messaging.webhook;

import org.jspecify.annotations.NullMarked;
