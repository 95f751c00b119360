/** The gateway: where clients come in, over HTTP and over sockets. */
@NullMarked
package io.continuo.gateway;

import org.jspecify.annotations.NullMarked;
