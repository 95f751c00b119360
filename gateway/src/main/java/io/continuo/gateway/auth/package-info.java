/** Who may come in: nonces, identity tokens, session tokens. */
@NullMarked
package io.continuo.gateway.auth;

import org.jspecify.annotations.NullMarked;
