/** What one event loop's clients watch of subjects: each subject once, for each client in its own projection and pace. */
@NullMarked
package io.continuo.gateway.subject;

import org.jspecify.annotations.NullMarked;
