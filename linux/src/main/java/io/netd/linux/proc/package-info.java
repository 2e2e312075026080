/** Processes: telling them apart, watching them end, running programs, telling systemd. */
@NullMarked
package io.netd.linux.proc;

import org.jspecify.annotations.NullMarked;
