/** Files beyond what Java offers: mounts, locks, safe replacement, looking below a foreign root. */
@NullMarked
package io.netd.linux.fs;

import org.jspecify.annotations.NullMarked;
