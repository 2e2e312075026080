/** Recorded conversations of other programs with the kernel. */
@NullMarked
package io.netd.netlink.testing;

import org.jspecify.annotations.NullMarked;
