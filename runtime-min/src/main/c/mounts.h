/* What every container finds mounted: proc, dev, sys, cgroup and its three network files. */
#ifndef NETD_MOUNTS_H
#define NETD_MOUNTS_H

#include "config.h"

/* Mounts below the root directory fd, each on a handle that was resolved inside it; ends the process on failure. */
void mounts_make(int root, const struct config *config);

#endif
