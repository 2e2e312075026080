/* One more program in a running container. */
#ifndef NETD_JOIN_H
#define NETD_JOIN_H

#include "config.h"

/* Runs the configured program in the container of config->pid on this process's own standard streams; its exit code, 128 + n for a signal. */
int join_container(const struct config *config);

#endif
