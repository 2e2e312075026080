/* The same engine in a Java machine of its own, for one call, when no daemon listens. */
#ifndef NETD_FALLBACK_H
#define NETD_FALLBACK_H

/* Replaces this process by `netd one-call NAME ARGUMENTS`; returns only when that is not possible. */
void fallback_exec(const char *name, int argc, char **argv);

#endif
