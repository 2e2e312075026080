/** Whole scenarios on throw-away hosts, judged by other programs. */
@org.jspecify.annotations.NullMarked
package io.netd.e2e;
