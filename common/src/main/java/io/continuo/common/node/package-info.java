/** What every process of Continuo is made of, whatever its role: settings, Vert.x, the admin port, an orderly stop. */
@NullMarked
package io.continuo.common.node;

import org.jspecify.annotations.NullMarked;
