/* Membership in the cgroups that the daemon has prepared. */
#ifndef NETD_CGROUP_H
#define NETD_CGROUP_H

#include <sys/types.h>

#include "config.h"

/* Moves a process (as this process sees its pid) into every cgroup and guards its devices; 0 or an errno. */
int cgroup_join(const struct config *config, pid_t pid);

#endif
