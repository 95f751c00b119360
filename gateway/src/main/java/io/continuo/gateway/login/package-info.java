/** The hashes that Navixy clients come in with: of logins, and API keys (protocol/atmosphere.md §6.1). */
@NullMarked
package io.continuo.gateway.login;

import org.jspecify.annotations.NullMarked;
