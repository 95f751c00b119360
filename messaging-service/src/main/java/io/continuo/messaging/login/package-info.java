/** Names and passwords that users log in with, the hashes that they get for them, and API keys (protocol/atmosphere.md §6.1). */
@NullMarked
package io.continuo.messaging.login;

import org.jspecify.annotations.NullMarked;
