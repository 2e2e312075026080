/** What containers may use: cgroups of version 1, 2 and the two side by side. */
@NullMarked
package io.netd.runtime.cgroup;

import org.jspecify.annotations.NullMarked;
