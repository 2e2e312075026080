/** What a plugin is: a pure plan, one hop that applies it, and traces that take it back. */
@NullMarked
package io.netd.plugins.spi;

import org.jspecify.annotations.NullMarked;
