@NullMarked
package io.continuo.common.admin;

import org.jspecify.annotations.NullMarked;
