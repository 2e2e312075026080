/** The kinds of trace that several plugins leave. */
@NullMarked
package io.netd.plugins.spi.trace;

import org.jspecify.annotations.NullMarked;
