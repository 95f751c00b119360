@NullMarked
package io.continuo.gateway.api;

import org.jspecify.annotations.NullMarked;
