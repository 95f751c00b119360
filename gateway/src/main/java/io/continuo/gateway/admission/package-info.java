/** Who may come in when: new clients and those who come back, each in their own lane. */
@NullMarked
package io.continuo.gateway.admission;

import org.jspecify.annotations.NullMarked;
