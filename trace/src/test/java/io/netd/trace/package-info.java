/** What became of a packet, on hosts of each kind. */
@NullMarked
package io.netd.trace;

import org.jspecify.annotations.NullMarked;
