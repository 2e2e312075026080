/** What netctl's commands ask of the daemon, answered by engine and runtime. */
@NullMarked
package io.netd.daemon.local;

import org.jspecify.annotations.NullMarked;
