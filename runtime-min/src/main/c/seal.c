#include "seal.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fail.h"

/* A detached read-only mount of the program's file: nothing is copied. Needs Linux 5.12. */
static int read_only_mount(void) {
    int fd = (int) syscall(SYS_open_tree, AT_FDCWD, "/proc/self/exe", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID};
    if (fd >= 0 && syscall(SYS_mount_setattr, fd, "", AT_EMPTY_PATH, &attributes, sizeof attributes) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static int sealed_copy(void) {
    int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    int copy = memfd_create("netd-launch", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (self < 0 || copy < 0) {
        fail(RUNTIME_FAILED, errno, "copy the launcher");
    }
    ssize_t n;
    do {
        n = sendfile(copy, self, NULL, 1 << 24);
    } while (n > 0);
    if (n < 0 || fcntl(copy, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW) != 0) {
        fail(RUNTIME_FAILED, errno, "seal the launcher");
    }
    return copy;
}

void seal_self(const char *name, char **argv) {
    if (strcmp(argv[0], name) == 0) {
        return;
    }
    char *nothing[] = {NULL};
    argv[0] = (char *) name;
    int fd = read_only_mount();
    if (fd >= 0) {
        syscall(SYS_execveat, fd, "", argv, nothing, AT_EMPTY_PATH);
    }
    fd = sealed_copy();
    syscall(SYS_execveat, fd, "", argv, nothing, AT_EMPTY_PATH);
    fail(RUNTIME_FAILED, errno, "run the sealed launcher");
}
