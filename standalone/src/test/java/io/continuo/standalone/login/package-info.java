/** Logins by name and password, and API keys, on a real Redis. */
@NullMarked
package io.continuo.standalone.login;

import org.jspecify.annotations.NullMarked;
