/** Reading what containers wrote. */
@NullMarked
package io.netd.runtime.log;

import org.jspecify.annotations.NullMarked;
