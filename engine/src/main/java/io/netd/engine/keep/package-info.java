/** Desired state against the kernel's: hears that somebody changed it, and repairs the difference. */
@NullMarked
package io.netd.engine.keep;

import org.jspecify.annotations.NullMarked;
