/** What is known of rich content and who uses it; its bytes are with the gateways (protocol/layer.md §13.6). */
@NullMarked
package io.continuo.messaging.content;

import org.jspecify.annotations.NullMarked;
