#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "io.h"

struct key {
    const char *name;
    size_t offset;
    enum { TEXT, NUMBER, HEX, FLAG, LIST } kind;
};

#define KEY(name, field, kind) {name, offsetof(struct config, field), kind}
static const struct key keys[] = {
    KEY("hostname", hostname, TEXT),
    KEY("layers", layers, TEXT),
    KEY("upper", upper, TEXT),
    KEY("work", work, TEXT),
    KEY("rootfs", rootfs, TEXT),
    KEY("netns", netns, TEXT),
    KEY("hosts", hosts, TEXT),
    KEY("hostnamefile", hostname_file, TEXT),
    KEY("resolv", resolv, TEXT),
    KEY("log", log, TEXT),
    KEY("exit", exit_file, TEXT),
    KEY("cwd", cwd, TEXT),
    KEY("user", user, TEXT),
    KEY("devicecgroup", device_cgroup, TEXT),
    KEY("loglimit", log_limit, NUMBER),
    KEY("caps", caps, HEX),
    KEY("pid", pid, NUMBER),
    KEY("starttime", start_time, NUMBER),
    KEY("readonly", read_only, FLAG),
    KEY("nonewprivs", no_new_privs, FLAG),
    KEY("cgroupns", cgroup_namespace, FLAG),
    KEY("cgroup2", cgroup2, FLAG),
    KEY("lower", lower, LIST),
    KEY("cgroup", cgroup, LIST),
    KEY("cgroupmount", cgroup_mount, LIST),
    KEY("env", env, LIST),
    KEY("arg", arg, LIST),
};

static bool append(struct list *list, char *value) {
    char **grown = realloc(list->item, (list->count + 2) * sizeof *grown);
    if (grown == NULL) {
        return false;
    }
    list->item = grown;
    list->item[list->count++] = value;
    list->item[list->count] = NULL;
    return true;
}

static bool number(const char *text, int base, uint64_t *value) {
    char *end;
    errno = 0;
    *value = strtoull(text, &end, base);
    return errno == 0 && *text != 0 && *text != '-' && *end == 0;
}

static bool store(struct config *config, const struct key *key, char *value) {
    void *field = (char *) config + key->offset;
    switch (key->kind) {
        case TEXT:
            *(const char **) field = value;
            return true;
        case NUMBER:
            return number(value, 10, field);
        case HEX:
            return number(value, 16, field);
        case FLAG:
            *(bool *) field = strcmp(value, "1") == 0;
            return true;
        case LIST:
            return append(field, value);
    }
    return false;
}

static const struct key *find(const char *name) {
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i].name, name) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}

const char *config_parse(char *body, size_t length, struct config *config) {
    if (length == 0 || body[length - 1] != 0) {
        return "the last record has no end";
    }
    for (char *at = body; at < body + length; at += strlen(at) + 1) {
        char *value = strchr(at, '=');
        if (value == NULL) {
            return "a record without '='";
        }
        *value = 0;
        const struct key *key = find(at);
        if (key == NULL) {
            return "an unknown key";
        }
        at = value + 1;
        if (!store(config, key, at)) {
            return "a bad value";
        }
    }
    return NULL;
}

void config_read(int fd, struct config *config) {
    unsigned char head[8];
    if (read_all(fd, head, sizeof head) != sizeof head || memcmp(head, "NL1\n", 4) != 0) {
        fail(RUNTIME_FAILED, 0, "launch configuration: bad header");
    }
    size_t length = (size_t) head[4] << 24 | (size_t) head[5] << 16 | (size_t) head[6] << 8 | head[7];
    char *body = length <= CONFIG_LIMIT ? malloc(length + 1) : NULL;
    if (body == NULL || read_all(fd, body, length) != (ssize_t) length) {
        fail(RUNTIME_FAILED, 0, "launch configuration: too long or cut off");
    }
    const char *problem = config_parse(body, length, config);
    if (problem != NULL) {
        fail(RUNTIME_FAILED, 0, "launch configuration: %s", problem);
    }
    if (config->arg.count == 0) {
        fail(RUNTIME_FAILED, 0, "no command specified");
    }
}
