/* The CALL frame: what this process was asked to do and where it stands. */
#ifndef NETD_CALL_H
#define NETD_CALL_H

#include "buffer.h"

#include <stdbool.h>

struct call {
    const char *name; /* base name of argv[0]: a plugin's type, or netctl */
    int argc;
    char **argv; /* without the name and without -H */
    bool is_cni;
};

/* Appends the CALL frame. For CNI it opens the namespaces and the root directory, which stay open for the daemon. */
void call_write(struct buffer *out, const struct call *call);

#endif
