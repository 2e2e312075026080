/** Other people's address programs: how they are found, called and, by their traces, called again. */
@NullMarked
package io.netd.plugins.spi.program;

import org.jspecify.annotations.NullMarked;
