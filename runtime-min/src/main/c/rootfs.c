#include "rootfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fail.h"
#include "masks.h"
#include "mounts.h"

/* mount(2) takes one page of options and silently cuts off the rest. */
enum { OPTIONS_LIMIT = 4096 };

static void append(char *options, const char *text, bool escape) {
    size_t at = strlen(options);
    for (; *text != 0; text++) {
        bool special = escape && strchr(":,\\", *text) != NULL;
        if (at + 3 > OPTIONS_LIMIT) {
            fail(RUNTIME_FAILED, 0, "too many or too long layer names");
        }
        if (special) {
            options[at++] = '\\';
        }
        options[at++] = *text;
    }
    options[at] = 0;
}

/* Lower names are relative to the layers' directory, which keeps the options within their page. */
static void mount_overlay(const struct config *config) {
    char options[OPTIONS_LIMIT] = "userxattr,index=off,lowerdir=";
    for (size_t i = 0; i < config->lower.count; i++) {
        append(options, i > 0 ? ":" : "", false);
        append(options, config->lower.item[i], true);
    }
    append(options, ",upperdir=", false);
    append(options, config->upper, true);
    append(options, ",workdir=", false);
    append(options, config->work, true);
    if (chdir(config->layers) != 0) {
        fail(RUNTIME_FAILED, errno, "enter %s", config->layers);
    }
    if (mount("overlay", config->rootfs, "overlay", 0, options) != 0) {
        fail(RUNTIME_FAILED, errno, "mount the overlay root (%s)", options);
    }
}

static void pivot(int root) {
    if (fchdir(root) != 0 || syscall(SYS_pivot_root, ".", ".") != 0) {
        fail(RUNTIME_FAILED, errno, "pivot_root");
    }
    /* The old root now lies over the new one; nothing unmounted here may reach the host. */
    mount(NULL, ".", NULL, MS_SLAVE | MS_REC, NULL);
    if (umount2(".", MNT_DETACH) != 0 || chdir("/") != 0) {
        fail(RUNTIME_FAILED, errno, "leave the host's root");
    }
    if (mount(NULL, "/", NULL, MS_PRIVATE | MS_REC, NULL) != 0) {
        fail(RUNTIME_FAILED, errno, "make the mounts private");
    }
}

void rootfs_enter(const struct config *config) {
    if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) != 0) {
        fail(RUNTIME_FAILED, errno, "cut the mounts off from the host's");
    }
    mount_overlay(config);
    int root = open(config->rootfs, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (root < 0) {
        fail(RUNTIME_FAILED, errno, "open %s", config->rootfs);
    }
    mounts_make(root, config);
    pivot(root);
    close(root);
    masks_apply();
    if (config->read_only) {
        masks_read_only_root();
    }
}
