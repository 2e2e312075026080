/* DELs that wait on disk for a daemon that does not answer. */
#ifndef NETD_QUEUE_H
#define NETD_QUEUE_H

#include "call.h"

/* Writes the call and its standard input as a file, synced, below NETD_EXEC_ROOT or /run/netd; 0 or an errno. */
int queue_put(const struct call *call, const struct buffer *input);

#endif
