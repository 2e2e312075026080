#include "device_nodes.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "fail.h"

static const struct {
    const char *name;
    unsigned major;
    unsigned minor;
} nodes[] = {{"null", 1, 3}, {"zero", 1, 5}, {"full", 1, 7}, {"random", 1, 8}, {"urandom", 1, 9}, {"tty", 5, 0}};

static const struct {
    const char *name;
    const char *target;
} links[] = {
    {"ptmx", "pts/ptmx"},
    {"fd", "/proc/self/fd"},
    {"stdin", "/proc/self/fd/0"},
    {"stdout", "/proc/self/fd/1"},
    {"stderr", "/proc/self/fd/2"},
    {"core", "/proc/kcore"},
};

void device_nodes_make(int dev) {
    for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++) {
        const char *name = nodes[i].name;
        if (mknodat(dev, name, S_IFCHR | 0666, makedev(nodes[i].major, nodes[i].minor)) != 0
            || fchmodat(dev, name, 0666, 0) != 0) {
            fail(RUNTIME_FAILED, errno, "make /dev/%s in the container", name);
        }
    }
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        if (symlinkat(links[i].target, dev, links[i].name) != 0) {
            fail(RUNTIME_FAILED, errno, "make /dev/%s in the container", links[i].name);
        }
    }
}
