@NullMarked
package io.continuo.presence.status;

import org.jspecify.annotations.NullMarked;
