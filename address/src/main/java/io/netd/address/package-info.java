/** IP and MAC addresses, prefixes, protocols and port ranges as immutable values; pure, without any input or output. */
@NullMarked
package io.netd.address;

import org.jspecify.annotations.NullMarked;
