/** Netlink messages as bytes: headers, attributes, batches. Pure; no socket, no thread. */
@NullMarked
package io.netd.netlink.wire;

import org.jspecify.annotations.NullMarked;
