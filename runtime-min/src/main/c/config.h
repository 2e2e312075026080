/* What the daemon asks for: "NL1\n", the body's length in four bytes (big-endian), then key=value records, each ended by a zero byte. */
#ifndef NETD_CONFIG_H
#define NETD_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CONFIG_LIMIT = 1 << 20 };

/* Strings in order; item[count] is NULL, so that it can be handed to execve. */
struct list {
    char **item;
    size_t count;
};

struct config {
    const char *hostname;
    const char *layers;        /* directory that the lower names are relative to: mount data is one page only */
    const char *upper;
    const char *work;
    const char *rootfs;        /* empty directory to build the root on */
    const char *netns;         /* "own", "host" or the path of a namespace to join */
    const char *hosts;
    const char *hostname_file;
    const char *resolv;
    const char *log;
    const char *exit_file;
    const char *cwd;
    const char *user;
    const char *device_cgroup; /* cgroup v2 directory to guard the devices of; NULL where v1's files do it */
    uint64_t log_limit;
    uint64_t caps;
    uint64_t pid;              /* exec: the container's first process */
    uint64_t start_time;       /* exec: its start time, against reused pids */
    bool read_only;
    bool no_new_privs;
    bool cgroup_namespace;
    bool cgroup2;              /* show the container a cgroup2 tree */
    struct list lower;         /* topmost first */
    struct list cgroup;        /* directories to join */
    struct list cgroup_mount;  /* name:directory, shown read-only below /sys/fs/cgroup */
    struct list env;
    struct list arg;
};

/* Splits the body in place; NULL, or what is wrong with it. */
const char *config_parse(char *body, size_t length, struct config *config);

/* Reads a configuration from the stream, not one byte more; ends the process on nonsense. */
void config_read(int fd, struct config *config);

#endif
