/** A veth pair between the host and a container as plugins make it, and how its ends are set up. */
@NullMarked
package io.netd.plugins.spi.pair;

import org.jspecify.annotations.NullMarked;
