/** Tests of this package. */
@NullMarked
package io.netd.netlink.diag;

import org.jspecify.annotations.NullMarked;
