@org.jspecify.annotations.NullMarked
package io.continuo.common.node;
