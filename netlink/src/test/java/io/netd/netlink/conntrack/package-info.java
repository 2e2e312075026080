/** Tests of this package. */
@NullMarked
package io.netd.netlink.conntrack;

import org.jspecify.annotations.NullMarked;
