/** The wire: how facts are written for, and requests read from, each version of Layer's protocol. */
@NullMarked
package io.continuo.gateway.dialect;

import org.jspecify.annotations.NullMarked;
