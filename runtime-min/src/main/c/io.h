/* Whole reads and writes; signals do not shorten them. */
#ifndef NETD_IO_H
#define NETD_IO_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* True when all bytes were written. */
bool write_all(int fd, const void *bytes, size_t length);

/* Bytes read, fewer only at the end of the stream; -1 with errno on an error. */
ssize_t read_all(int fd, void *bytes, size_t length);

/* Reads one byte; -1 at the end of the stream or on an error. */
int read_byte(int fd);

#endif
