/** Typed rtnetlink operations: links, addresses, routes, neighbours. */
@NullMarked
package io.netd.netlink.route;

import org.jspecify.annotations.NullMarked;
