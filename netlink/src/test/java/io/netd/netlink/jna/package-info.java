/** Tests of this package. */
@NullMarked
package io.netd.netlink.jna;

import org.jspecify.annotations.NullMarked;
