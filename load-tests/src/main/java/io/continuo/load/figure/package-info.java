/** What was measured: clocks, histograms, the table and the file. */
@NullMarked
package io.continuo.load.figure;

import org.jspecify.annotations.NullMarked;
