/* The last steps before a program: who it is, where it stands, what it may do. */
#ifndef NETD_PROCESS_H
#define NETD_PROCESS_H

#include "config.h"

/* Becomes the configured program. Runs inside the container; failures end the process with 126, 127 or 125. */
_Noreturn void process_become(const struct config *config);

#endif
