/** Changes settings of a chained attachment's interface and namespace. */
@NullMarked
package io.netd.plugins.tuning;

import org.jspecify.annotations.NullMarked;
