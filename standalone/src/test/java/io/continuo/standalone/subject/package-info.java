/** Subjects, from a backend's writes to what a client knows, on a real Redis. */
@NullMarked
package io.continuo.standalone.subject;

import org.jspecify.annotations.NullMarked;
