/* A log file of docker's json-file lines, rotated once by size: FILE and FILE.1 together stay bounded. */
#ifndef NETD_LOG_H
#define NETD_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct log {
    const char *file;
    uint64_t limit;
    uint64_t size;
    int fd;
};

/* Opens it for appending; false with errno on failure. A limit of 0 means none. */
bool log_open(struct log *log, const char *file, uint64_t limit);

/* Appends one line {"log":...,"stream":...,"time":...}; a full disk loses the line, never blocks the container. */
void log_write(struct log *log, const char *stream, const char *text, size_t length);

void log_close(struct log *log);

#endif
