/* The process that stays with a container: holds its output, waits for its end, outlives the daemon. */
#ifndef NETD_MONITOR_H
#define NETD_MONITOR_H

#include "config.h"

/*
 * Forks the monitor, which reads the configuration from stdin and writes to stdout
 *   created INITPID MONITORPID    the namespaces exist; "go\n" on stdin lets the program run, the end of stdin calls it off
 *   started | failed CODE ERRNO text
 * Returns when the last line is written; the monitor then belongs to init.
 */
int monitor_start(struct config *config);

#endif
