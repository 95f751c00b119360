/** The REST routes and everything HTTP about them. */
@NullMarked
package io.continuo.gateway.http;

import org.jspecify.annotations.NullMarked;
