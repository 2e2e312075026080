#include "cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "devices.h"

static int join(const char *directory, pid_t pid) {
    char text[24];
    int length = snprintf(text, sizeof text, "%d", (int) pid);
    int group = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd = group < 0 ? -1 : openat(group, "cgroup.procs", O_WRONLY | O_CLOEXEC);
    int error = fd < 0 || write(fd, text, (size_t) length) != length ? errno : 0;
    if (fd >= 0) {
        close(fd);
    }
    if (group >= 0) {
        close(group);
    }
    return error;
}

int cgroup_join(const struct config *config, pid_t pid) {
    if (config->device_cgroup != NULL) {
        int error = devices_guard(config->device_cgroup);
        if (error != 0) {
            return error;
        }
    }
    for (size_t i = 0; i < config->cgroup.count; i++) {
        int error = join(config->cgroup.item[i], pid);
        if (error != 0) {
            return error;
        }
    }
    return 0;
}
