@NullMarked
package io.continuo.presence.subject;

import org.jspecify.annotations.NullMarked;
