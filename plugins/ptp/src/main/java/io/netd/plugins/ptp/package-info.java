/** A veth pair that ends on the host itself: all that a container sends goes to the host, which routes it. */
@NullMarked
package io.netd.plugins.ptp;

import org.jspecify.annotations.NullMarked;
