@NullMarked
package io.continuo.standalone;

import org.jspecify.annotations.NullMarked;
