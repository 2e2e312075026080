/* What the launcher parses: the daemon's configuration, the passwd and group files of an image, and what a container
 * says, which becomes JSON. An input is the length of the configuration in two bytes, the configuration, a user, the
 * length of passwd in two bytes, passwd, and group. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../main/c/config.h"
#include "../../main/c/fail.h"
#include "../../main/c/json.h"
#include "../../main/c/user.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
    const uint8_t *at;
    size_t left;
};

static struct input passwd, group;
static jmp_buf failed;

/* The launcher's own ends the process. */
void fail(int code, int error, const char *format, ...) {
    if (code != RUNTIME_FAILED || error < 0 || format[0] == 0) {
        abort();
    }
    longjmp(failed, 1);
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...) {
    struct input file = strcmp(path, "/etc/passwd") == 0 ? passwd : group;
    if (strncmp(path, "/etc/", 5) != 0) {
        return __real_open(path, flags, 0600);
    }
    int fd = memfd_create(path, MFD_CLOEXEC);
    if (pwrite(fd, file.at, file.left, 0) != (ssize_t) file.left) {
        abort();
    }
    return fd;
}

static struct input take(struct input *input, size_t length) {
    struct input taken = {input->at, length < input->left ? length : input->left};
    input->at += taken.left;
    input->left -= taken.left;
    return taken;
}

static struct input take_counted(struct input *input) {
    struct input count = take(input, 2);
    return take(input, count.left < 2 ? 0 : (size_t) count.at[0] << 8 | count.at[1]);
}

static void parse_config(struct input text) {
    struct config config = {.caps = 0};
    char *body = malloc(text.left + 1);
    memcpy(body, text.at, text.left);
    config_parse(body, text.left, &config);
    struct list *lists[] = {&config.lower, &config.cgroup, &config.cgroup_mount, &config.env, &config.arg};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (lists[i]->count > 0 && lists[i]->item[lists[i]->count] != NULL) {
            abort();
        }
        free(lists[i]->item);
    }
    free(body);
}

static void find_user(struct input text) {
    struct user user;
    char *name = strndup((const char *) text.at, text.left);
    if (setjmp(failed) == 0) {
        user_find(name, &user);
        if (user.group_count > GROUPS || user.uid == (uid_t) -1 || user.gid == (gid_t) -1) {
            abort();
        }
    }
    free(name);
}

static void escape(struct input text) {
    char *to = malloc(text.left * JSON_GROWTH + 1);
    size_t length = json_escape(to, (const char *) text.at, text.left);
    for (size_t i = 0; i < length; i++) {
        bool is_escape = to[i] == '\\' && i + 1 < length && strchr("\"\\nrtu", to[i + 1]) != NULL;
        if ((unsigned char) to[i] < 0x20 || to[i] == '"' || (to[i] == '\\' && !is_escape)) {
            abort();
        }
        i += is_escape;
    }
    free(to);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input input = {data, size};
    parse_config(take_counted(&input));
    struct input user = take(&input, strnlen((const char *) input.at, input.left));
    take(&input, 1);
    passwd = take_counted(&input);
    group = input;
    find_user(user);
    escape(group);
    return 0;
}
