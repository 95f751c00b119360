/** What an app or a user decides on a user's account: blocks, suspension, the badge, push tokens. */
@NullMarked
package io.continuo.messaging.account;

import org.jspecify.annotations.NullMarked;
