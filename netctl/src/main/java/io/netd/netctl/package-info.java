/** The command line: commands, their options, tables and exit codes. Runs inside the daemon, in front of one client. */
@NullMarked
package io.netd.netctl;

import org.jspecify.annotations.NullMarked;
