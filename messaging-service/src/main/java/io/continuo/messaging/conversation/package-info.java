/** Conversations, their messages and receipts: one partition, one slot, one atomic script for each change. */
@NullMarked
package io.continuo.messaging.conversation;

import org.jspecify.annotations.NullMarked;
