#define _GNU_SOURCE
#include "fallback.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INSTALLED "/usr/lib/netd/bin/netd"

static void exec_beside_client(char **arguments) {
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length <= 0)
        return;
    self[length] = '\0';
    char *slash = strrchr(self, '/');
    if (slash == NULL)
        return;
    *slash = '\0';
    char path[PATH_MAX + 16];
    snprintf(path, sizeof path, "%s/../bin/netd", self);
    execv(path, arguments);
}

void fallback_exec(const char *name, int argc, char **argv) {
    char **arguments = calloc((size_t)argc + 4, sizeof *arguments);
    if (arguments == NULL)
        return;
    char program[] = "netd";
    char mode[] = "one-call";
    char *last = strdup(name);
    arguments[0] = program;
    arguments[1] = mode;
    arguments[2] = last;
    for (int i = 0; i < argc; i++)
        arguments[3 + i] = argv[i];
    exec_beside_client(arguments);
    execv(INSTALLED, arguments);
    free(last);
    free(arguments);
}
