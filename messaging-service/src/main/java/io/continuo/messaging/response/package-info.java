/** Responses to a message, summed up in a part of it (protocol/layer.md §15.5). */
@NullMarked
package io.continuo.messaging.response;

import org.jspecify.annotations.NullMarked;
