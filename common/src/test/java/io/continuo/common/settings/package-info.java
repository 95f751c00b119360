@NullMarked
package io.continuo.common.settings;

import org.jspecify.annotations.NullMarked;
