/** Limits how fast a chained attachment's container sends and receives. */
@NullMarked
package io.netd.plugins.bandwidth;

import org.jspecify.annotations.NullMarked;
