/** What the benchmark does to a server, one scenario each. */
@NullMarked
package io.continuo.load.scenario;

import org.jspecify.annotations.NullMarked;
