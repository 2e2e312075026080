/* The container's first process, from its clone to the program. */
#ifndef NETD_INIT_H
#define NETD_INIT_H

#include "config.h"

/*
 * order: 'j' when this process is in its cgroups, 'x' when the program may run; its end means the monitor is gone.
 * report: closes without a word when the program runs.
 */
struct channels {
    int out;
    int err;
    int order;
    int report;
};

_Noreturn void init_run(const struct config *config, struct channels channels);

#endif
