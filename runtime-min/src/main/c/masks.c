#include "masks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "fail.h"
#include "place.h"

static const char *const masked[] = {
    "/proc/acpi",
    "/proc/asound",
    "/proc/interrupts",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/sys/firmware",
    "/sys/devices/virtual/powercap",
};

static const char *const read_only[] = {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"};

/* The verified null device (CVE-2025-31133: never trust the path). */
static int open_null(void) {
    struct stat status;
    int fd = open("/dev/null", O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &status) != 0 || !S_ISCHR(status.st_mode) || status.st_rdev != makedev(1, 3)) {
        fail(RUNTIME_FAILED, 0, "/dev/null in the container is not the null device");
    }
    return fd;
}

static int open_place(const char *path) {
    int fd = open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno != ENOENT && errno != ENOTDIR) {
        fail(RUNTIME_FAILED, errno, "open %s in the container", path);
    }
    return fd;
}

static void mask(const char *path, int null) {
    struct stat status;
    char source[32];
    int place = open_place(path);
    if (place < 0) {
        return;
    }
    snprintf(source, sizeof source, "/proc/self/fd/%d", null);
    if (fstat(place, &status) == 0 && S_ISDIR(status.st_mode)) {
        place_mount(place, "tmpfs", "tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, "nr_blocks=1,nr_inodes=1");
    } else {
        place_mount(place, source, NULL, MS_BIND, NULL);
    }
    close(place);
}

static void protect(const char *path) {
    char source[32];
    int place = open_place(path);
    if (place < 0) {
        return;
    }
    snprintf(source, sizeof source, "/proc/self/fd/%d", place);
    place_mount(place, source, NULL, MS_BIND | MS_REC, NULL);
    close(place);
    place = open_place(path);
    place_mount(place, NULL, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
    close(place);
}

static void mask_thermal_throttles(int null) {
    char path[80];
    for (int cpu = 0;; cpu++) {
        snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu%d", cpu);
        if (access(path, F_OK) != 0) {
            return;
        }
        snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu%d/thermal_throttle", cpu);
        mask(path, null);
    }
}

void masks_apply(void) {
    int null = open_null();
    for (size_t i = 0; i < sizeof read_only / sizeof *read_only; i++) {
        protect(read_only[i]);
    }
    for (size_t i = 0; i < sizeof masked / sizeof *masked; i++) {
        mask(masked[i], null);
    }
    mask_thermal_throttles(null);
    close(null);
}

void masks_read_only_root(void) {
    if (mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL) != 0) {
        fail(RUNTIME_FAILED, errno, "make the root read-only");
    }
}
