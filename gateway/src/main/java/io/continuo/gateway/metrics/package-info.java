/** What the gateway counts of requests, however they come. */
@NullMarked
package io.continuo.gateway.metrics;

import org.jspecify.annotations.NullMarked;
