/** Netlink sockets by JNA, whose only home this is. */
@NullMarked
package io.netd.netlink.jna;

import org.jspecify.annotations.NullMarked;
