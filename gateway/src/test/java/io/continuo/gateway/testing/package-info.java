/** What the tests of several packages need. */
@NullMarked
package io.continuo.gateway.testing;

import org.jspecify.annotations.NullMarked;
