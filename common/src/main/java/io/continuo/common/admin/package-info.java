/** What those who run a node see of it: health and metrics. */
@NullMarked
package io.continuo.common.admin;

import org.jspecify.annotations.NullMarked;
