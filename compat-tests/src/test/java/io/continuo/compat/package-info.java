/** Runs the tests that are not Java's: other people's clients and a real browser, from Node.js. */
@NullMarked
package io.continuo.compat;

import org.jspecify.annotations.NullMarked;
