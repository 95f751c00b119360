/** What apps tell their users: stored once, and a state of its own for each recipient. */
@NullMarked
package io.continuo.messaging.announcement;

import org.jspecify.annotations.NullMarked;
