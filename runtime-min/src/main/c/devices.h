/* On cgroup v2 the devices a container may open are decided by a BPF program. */
#ifndef NETD_DEVICES_H
#define NETD_DEVICES_H

/* Attaches docker's default rule to a cgroup directory: every mknod, but opening null, zero, full, random, urandom, tty, console, ptmx and ptys only; 0 or an errno. */
int devices_guard(const char *cgroup);

#endif
