/** Sends one packet the way that others take and tells what became of it. */
@org.jspecify.annotations.NullMarked
package io.netd.trace;
