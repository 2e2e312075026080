/* A container must never get hold of a writable way to the launcher's own file (CVE-2019-5736). */
#ifndef NETD_SEAL_H
#define NETD_SEAL_H

/* Goes on as the same program from a file that cannot be written, under the given name; returns when it runs from one already. */
void seal_self(const char *name, char **argv);

#endif
