/** Steps that fail on purpose, one at a time, however deep they lie. */
@NullMarked
package io.netd.daemon.fault;

import org.jspecify.annotations.NullMarked;
