@NullMarked
package io.continuo.gateway.subject;

import org.jspecify.annotations.NullMarked;
