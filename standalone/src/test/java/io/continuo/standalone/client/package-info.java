/** A client as strict as the protocol: it checks every packet that it gets. */
@NullMarked
package io.continuo.standalone.client;

import org.jspecify.annotations.NullMarked;
