/* Files that the daemon pulls from the client: number 0 is standard input. */
#ifndef NETD_FILES_H
#define NETD_FILES_H

#include "buffer.h"

#include <stdbool.h>

#define FILE_SLOTS 16

struct file {
    bool is_open;
    uint32_t id;
    int fd;
    uint32_t wanted; /* bytes of the read that is outstanding, 0 when none is */
};

struct files {
    struct file slots[FILE_SLOTS];
};

/* Answers FILE_OPENED or FILE_ERROR. */
void files_open(struct files *files, struct buffer *out, uint32_t id, const char *path);

/* Remembers the read; answered when the file is readable. */
void files_want(struct files *files, struct buffer *out, uint32_t id, uint32_t max);

/* Answers an outstanding read with FILE_DATA (empty at the end of the file) or FILE_ERROR. */
void files_read(struct file *file, struct buffer *out);

void files_close(struct files *files, uint32_t id);

#endif
