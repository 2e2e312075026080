#define _GNU_SOURCE
#include "queue.h"

#include "frame.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define DEFAULT_EXEC_ROOT "/run/netd"

static int open_directory(void) {
    const char *root = getenv("NETD_EXEC_ROOT");
    char path[PATH_MAX];
    if (root == NULL || root[0] == '\0')
        root = DEFAULT_EXEC_ROOT;
    if ((size_t)snprintf(path, sizeof path, "%s/queue", root) >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    mkdir(root, 0755);
    mkdir(path, 0700);
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int write_whole(int fd, const struct buffer *bytes) {
    size_t done = bytes->start;
    while (done < bytes->end) {
        ssize_t count = write(fd, bytes->data + done, bytes->end - done);
        if (count < 0 && errno != EINTR)
            return -1;
        done += count > 0 ? (size_t)count : 0;
    }
    return fsync(fd);
}

static int write_file(int directory, const struct buffer *bytes) {
    struct timespec now;
    char name[80];
    char draft[80];
    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(draft, sizeof draft, "%lld.%09ld-%d.new", (long long)now.tv_sec, now.tv_nsec, (int)getpid());
    snprintf(name, sizeof name, "%lld.%09ld-%d.del", (long long)now.tv_sec, now.tv_nsec, (int)getpid());
    int fd = openat(directory, draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return -1;
    int result = write_whole(fd, bytes);
    if (close(fd) != 0)
        result = -1;
    if (result == 0)
        result = renameat(directory, draft, directory, name);
    if (result == 0)
        return fsync(directory);
    int reason = errno;
    unlinkat(directory, draft, 0);
    errno = reason;
    return -1;
}

int queue_put(const struct call *call, const struct buffer *input) {
    int directory = open_directory();
    if (directory < 0)
        return errno;
    struct buffer bytes = {0};
    frame_preface(&bytes);
    call_write(&bytes, call);
    for (size_t at = input->start; at < input->end; at += DATA_CHUNK) {
        size_t count = input->end - at < DATA_CHUNK ? input->end - at : DATA_CHUNK;
        frame_header(&bytes, FRAME_STDIN, count);
        buffer_put(&bytes, input->data + at, count);
    }
    frame_header(&bytes, FRAME_STDIN, 0);
    int result = write_file(directory, &bytes) == 0 ? 0 : errno;
    close(directory);
    buffer_free(&bytes);
    return result;
}
