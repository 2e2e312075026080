#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fail.h"

int place_directory(int parent, const char *name) {
    if (mkdirat(parent, name, 0755) != 0 && errno != EEXIST) {
        fail(RUNTIME_FAILED, errno, "make the directory %s in the container", name);
    }
    int fd = openat(parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        fail(RUNTIME_FAILED, errno, "%s in the container must be a plain directory", name);
    }
    return fd;
}

static int inside(int root, const char *path, uint64_t flags) {
    struct open_how how = {.flags = flags | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
    return (int) syscall(SYS_openat2, root, path, &how, sizeof how);
}

int place_existing(int directory, const char *path) {
    return inside(directory, path, O_PATH | O_DIRECTORY);
}

static int etc_of(int root) {
    int etc = inside(root, "etc", O_PATH | O_DIRECTORY);
    return etc >= 0 ? etc : place_directory(root, "etc");
}

int place_file_in_etc(int root, const char *name) {
    char path[64];
    struct stat status;
    snprintf(path, sizeof path, "etc/%s", name);
    int fd = inside(root, path, O_PATH);
    if (fd < 0) {
        int etc = etc_of(root);
        unlinkat(etc, name, 0);
        int made = openat(etc, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
        if (made < 0) {
            fail(RUNTIME_FAILED, errno, "make /%s in the container", path);
        }
        close(made);
        close(etc);
        fd = inside(root, path, O_PATH);
    }
    if (fd < 0 || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        fail(RUNTIME_FAILED, 0, "/%s in the container must be a plain file", path);
    }
    return fd;
}

void place_mount(int place, const char *source, const char *type, unsigned long flags, const char *data) {
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", place);
    if (mount(source, path, type, flags, data) != 0) {
        fail(RUNTIME_FAILED, errno, "mount %s in the container", source != NULL ? source : "again");
    }
}
