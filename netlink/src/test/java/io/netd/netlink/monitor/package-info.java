/** Tests of this package. */
@NullMarked
package io.netd.netlink.monitor;

import org.jspecify.annotations.NullMarked;
