/** Leases of addresses, as the plugins that hand addresses out share them: on top of the interface and its traces. */
@NullMarked
package io.netd.plugins.spi.lease;

import org.jspecify.annotations.NullMarked;
