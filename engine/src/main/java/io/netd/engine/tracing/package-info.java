/** Traces of packets between what engine and people call things. */
@org.jspecify.annotations.NullMarked
package io.netd.engine.tracing;
