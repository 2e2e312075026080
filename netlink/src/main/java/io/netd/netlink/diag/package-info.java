/** Who listens on a port: sockets by sock_diag, processes by /proc. */
@NullMarked
package io.netd.netlink.diag;

import org.jspecify.annotations.NullMarked;
