/** The things people talk with and about: identities, conversations, messages. Dialect-neutral and immutable. */
@NullMarked
package io.continuo.common.model;

import org.jspecify.annotations.NullMarked;
