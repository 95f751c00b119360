package io.continuo.gateway.atmosphere.navixy;

import io.vertx.core.json.JsonObject;

/**
 * Something that a client may be told from now on. Nothing is told before {@code begin}, so that the answer comes first.
 *
 * @param value what the answer says of it
 * @param begin tells
 * @param drop what to do when it does not come to that
 */
record Grant(JsonObject value, Runnable begin, Runnable drop) {}
