/** Connection tracking: entries that must not outlive what they lead to. */
@NullMarked
package io.netd.netlink.conntrack;

import org.jspecify.annotations.NullMarked;
