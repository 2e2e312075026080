#include "program.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fail.h"

static const char *value_of(char **environment, const char *name) {
    size_t length = strlen(name);
    for (; environment != NULL && *environment != NULL; environment++) {
        if (strncmp(*environment, name, length) == 0 && (*environment)[length] == '=') {
            return *environment + length + 1;
        }
    }
    return NULL;
}

static char **with_home(char **environment, const char *home) {
    size_t count = 0;
    while (environment != NULL && environment[count] != NULL) {
        count++;
    }
    char **grown = calloc(count + 2, sizeof *grown);
    static char entry[4200];
    if (grown == NULL) {
        fail(RUNTIME_FAILED, ENOMEM, "environment");
    }
    if (count > 0) {
        memcpy(grown, environment, count * sizeof *grown);
    }
    if (value_of(environment, "HOME") == NULL) {
        snprintf(entry, sizeof entry, "HOME=%s", home);
        grown[count] = entry;
    }
    return grown;
}

static _Noreturn void refuse(const char *name, int error) {
    bool missing = error == ENOENT || error == ENOTDIR;
    struct stat status;
    if (error == EACCES && stat(name, &status) == 0 && S_ISDIR(status.st_mode)) {
        error = EISDIR;
    }
    fail(missing ? NOT_FOUND : CANNOT_EXECUTE, error, missing ? "exec: \"%s\": stat %s" : "exec: \"%s\"", name, name);
}

/* Tries each directory as execvp does: a refusal is remembered, for a better program may come later. */
static _Noreturn void search(char **argv, char **environment, const char *path) {
    char file[4096];
    int refused = 0;
    while (path != NULL) {
        const char *end = strchrnul(path, ':');
        int length = snprintf(file, sizeof file, "%.*s/%s", (int) (end - path), path, argv[0]);
        if (end > path && length < (int) sizeof file) {
            execve(file, argv, environment);
            if (errno != ENOENT && errno != ENOTDIR) {
                refused = errno;
            }
        }
        path = *end == ':' ? end + 1 : NULL;
    }
    if (refused != 0) {
        fail(CANNOT_EXECUTE, refused, "exec: \"%s\"", argv[0]);
    }
    fail(NOT_FOUND, 0, "exec: \"%s\": executable file not found in $PATH", argv[0]);
}

void program_exec(char **argv, char **environment, const char *home) {
    char **with = with_home(environment, home);
    if (strchr(argv[0], '/') == NULL && argv[0][0] != 0) {
        search(argv, with, value_of(with, "PATH"));
    }
    execve(argv[0], argv, with);
    refuse(argv[0], errno);
}
