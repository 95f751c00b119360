/** Rich content: files that travel beside messages (protocol/layer.md §13.6). */
@NullMarked
package io.continuo.gateway.content;

import org.jspecify.annotations.NullMarked;
