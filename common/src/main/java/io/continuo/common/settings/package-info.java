/** Every setting, its default and its check, in one place. */
@NullMarked
package io.continuo.common.settings;

import org.jspecify.annotations.NullMarked;
