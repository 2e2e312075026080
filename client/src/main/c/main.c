/* netd's client: one static program behind the name of every plugin and behind netctl. */
#define _GNU_SOURCE
#include "cni.h"
#include "netctl.h"

#include <stdio.h>
#include <string.h>

static const char *const plugins[] = {"bridge", "ptp", "host", "none", "container", "portmap", "tuning",
                                      "firewall", "bandwidth", "host-local", "static", "loopback"};

int main(int argc, char **argv) {
    const char *path = argc > 0 ? argv[0] : "";
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    if (strcmp(name, "netctl") == 0)
        return netctl_main(argc - 1, argv + 1);
    for (size_t i = 0; i < sizeof plugins / sizeof *plugins; i++)
        if (strcmp(name, plugins[i]) == 0)
            return cni_main(plugins[i]);
    fprintf(stderr, "netd-client: called as \"%s\"; it is netctl or one of the plugins:", name);
    for (size_t i = 0; i < sizeof plugins / sizeof *plugins; i++)
        fprintf(stderr, " %s", plugins[i]);
    fputc('\n', stderr);
    return 1;
}
