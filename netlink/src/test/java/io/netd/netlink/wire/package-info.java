/** Tests of the wire codecs. */
@NullMarked
package io.netd.netlink.wire;

import org.jspecify.annotations.NullMarked;
