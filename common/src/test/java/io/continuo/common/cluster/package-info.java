@NullMarked
package io.continuo.common.cluster;

import org.jspecify.annotations.NullMarked;
