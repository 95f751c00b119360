/** Proof that what a node is there for works: small things sent all the time on the way that real ones take. */
@NullMarked
package io.continuo.common.canary;

import org.jspecify.annotations.NullMarked;
