/** Publishes ports of a chained attachment on the host. */
@NullMarked
package io.netd.plugins.portmap;

import org.jspecify.annotations.NullMarked;
