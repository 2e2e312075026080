/* What the container writes, from its pipes into its log, until it has ended; then its exit code into its exit file. */
#ifndef NETD_OUTPUT_H
#define NETD_OUTPUT_H

#include <stddef.h>
#include <sys/types.h>

#include "config.h"
#include "log.h"

/* A line goes to the log in pieces of at most this size, as docker does. */
enum { PIECE = 16 * 1024 };

struct stream {
    int fd;
    const char *name;
    size_t held;
    char text[PIECE];
};

struct output {
    struct log log;
    struct stream streams[2];
    const char *exit_file;
    int signals;
};

/* Opens the log; ends the process on failure. SIGCHLD must be blocked. */
struct output output_open(const struct config *config, int out, int err);

/* Returns once the first process has ended, everything it wrote is in the log, and the exit file is there. */
void output_run(struct output *output, pid_t init);

#endif
