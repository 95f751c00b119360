/** What a tracking id stands for, over any number of connections (protocol/atmosphere.md §2.4, §3). */
@NullMarked
package io.continuo.gateway.atmosphere.visit;

import org.jspecify.annotations.NullMarked;
