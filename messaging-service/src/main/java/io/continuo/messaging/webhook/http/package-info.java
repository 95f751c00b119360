/** The one place of the service that speaks HTTP: requests to the targets of webhooks. */
@NullMarked
package io.continuo.messaging.webhook.http;

import org.jspecify.annotations.NullMarked;
