/** Tests of the rtnetlink operations. */
@NullMarked
package io.netd.netlink.route;

import org.jspecify.annotations.NullMarked;
