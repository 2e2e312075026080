#define _GNU_SOURCE
#include "files.h"

#include "frame.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static void put_error(struct buffer *out, uint32_t id, int reason) {
    const char *text = strerror(reason);
    frame_header(out, FRAME_FILE_ERROR, 8 + strlen(text));
    buffer_put_u32(out, id);
    buffer_put_u32(out, (uint32_t)reason);
    buffer_put(out, text, strlen(text));
}

static struct file *find(struct files *files, uint32_t id) {
    for (int i = 0; i < FILE_SLOTS; i++)
        if (files->slots[i].is_open && files->slots[i].id == id)
            return &files->slots[i];
    return NULL;
}

static struct file *find_free(struct files *files) {
    for (int i = 0; i < FILE_SLOTS; i++)
        if (!files->slots[i].is_open)
            return &files->slots[i];
    return NULL;
}

void files_open(struct files *files, struct buffer *out, uint32_t id, const char *path) {
    struct file *file = find_free(files);
    if (file == NULL || find(files, id) != NULL) {
        put_error(out, id, EMFILE);
        return;
    }
    int fd = id == 0 ? 0 : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        put_error(out, id, errno);
        return;
    }
    *file = (struct file){true, id, fd, 0};
    frame_header(out, FRAME_FILE_OPENED, 4);
    buffer_put_u32(out, id);
}

void files_want(struct files *files, struct buffer *out, uint32_t id, uint32_t max) {
    struct file *file = find(files, id);
    if (file == NULL || file->wanted != 0 || max == 0)
        put_error(out, id, file == NULL ? EBADF : EINVAL);
    else
        file->wanted = max < DATA_CHUNK ? max : DATA_CHUNK;
}

void files_read(struct file *file, struct buffer *out) {
    size_t header = FRAME_HEADER_SIZE + 4;
    buffer_reserve(out, header + file->wanted);
    ssize_t count = read(file->fd, out->data + out->end + header, file->wanted);
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    file->wanted = 0;
    if (count < 0) {
        put_error(out, file->id, errno);
        return;
    }
    frame_header(out, FRAME_FILE_DATA, 4 + (size_t)count);
    buffer_put_u32(out, file->id);
    out->end += (size_t)count;
}

void files_close(struct files *files, uint32_t id) {
    struct file *file = find(files, id);
    if (file == NULL)
        return;
    if (file->fd != 0)
        close(file->fd);
    file->is_open = false;
}
