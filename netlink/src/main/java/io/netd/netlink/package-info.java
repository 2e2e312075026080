/** What every netlink family shares: the failure of a request. */
@NullMarked
package io.netd.netlink;

import org.jspecify.annotations.NullMarked;
