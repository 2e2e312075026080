#include "mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "device_nodes.h"
#include "fail.h"
#include "place.h"

enum { SAFE = MS_NOSUID | MS_NOEXEC | MS_NODEV };

/* Mounts a file system on a real directory and returns a handle of what is mounted there. */
static int mount_in(int parent, const char *name, const char *type, unsigned long flags, const char *data) {
    int place = place_directory(parent, name);
    place_mount(place, type, type, flags, data);
    close(place);
    return place_directory(parent, name);
}

static void mount_dev(int root) {
    int dev = mount_in(root, "dev", "tmpfs", MS_NOSUID | MS_STRICTATIME, "mode=755,size=65536k");
    device_nodes_make(dev);
    close(mount_in(dev, "pts", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=0620,gid=5"));
    close(mount_in(dev, "shm", "tmpfs", SAFE, "mode=1777,size=65536k"));
    close(mount_in(dev, "mqueue", "mqueue", SAFE, NULL));
    close(dev);
}

/* name:directory, shown read-only under its name. */
static void mount_hierarchy(int base, const char *entry) {
    char name[64];
    const char *colon = strchr(entry, ':');
    if (colon == NULL || colon == entry || (size_t) (colon - entry) >= sizeof name) {
        fail(RUNTIME_FAILED, 0, "bad cgroup entry %s", entry);
    }
    snprintf(name, sizeof name, "%.*s", (int) (colon - entry), entry);
    int place = place_directory(base, name);
    place_mount(place, colon + 1, NULL, MS_BIND, NULL);
    close(place);
    place = place_directory(base, name);
    place_mount(place, NULL, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | SAFE, NULL);
    close(place);
}

static void mount_cgroups(int sys, const struct config *config) {
    int place = place_existing(sys, "fs/cgroup");
    if (place < 0) {
        return;
    }
    if (config->cgroup2) {
        place_mount(place, "cgroup2", "cgroup2", MS_RDONLY | SAFE, NULL);
        close(place);
        return;
    }
    place_mount(place, "tmpfs", "tmpfs", SAFE, "mode=755,size=64k");
    close(place);
    place = place_existing(sys, "fs/cgroup");
    for (size_t i = 0; i < config->cgroup_mount.count; i++) {
        mount_hierarchy(place, config->cgroup_mount.item[i]);
    }
    place_mount(place, NULL, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | SAFE, NULL);
    close(place);
}

static void bind_file(int root, const char *source, const char *name, bool read_only) {
    if (source == NULL) {
        return;
    }
    int place = place_file_in_etc(root, name);
    place_mount(place, source, NULL, MS_BIND, NULL);
    close(place);
    if (read_only) {
        place = place_file_in_etc(root, name);
        place_mount(place, NULL, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL);
        close(place);
    }
}

void mounts_make(int root, const struct config *config) {
    close(mount_in(root, "proc", "proc", SAFE, NULL));
    mount_dev(root);
    int sys = mount_in(root, "sys", "sysfs", MS_RDONLY | SAFE, NULL);
    mount_cgroups(sys, config);
    close(sys);
    bind_file(root, config->hosts, "hosts", config->read_only);
    bind_file(root, config->hostname_file, "hostname", config->read_only);
    bind_file(root, config->resolv, "resolv.conf", config->read_only);
}
