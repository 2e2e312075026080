/** Ports that are published after the fact. */
@NullMarked
package io.netd.plugins.spi.port;

import org.jspecify.annotations.NullMarked;
