#include "user.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fail.h"
#include "io.h"

enum { FILE_LIMIT = 1 << 20, FIELDS = 7 };

struct line {
    char *field[FIELDS];
    size_t count;
};

/* The file's text, or an empty one when it is not there; a device or pipe in its place is not read. */
static char *read_text(const char *path) {
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    size_t size = fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) ? (size_t) status.st_size : 0;
    size = size < FILE_LIMIT ? size : FILE_LIMIT;
    char *text = calloc(1, size + 1);
    if (text == NULL) {
        fail(RUNTIME_FAILED, ENOMEM, "read %s", path);
    }
    if (size > 0 && read_all(fd, text, size) < 0) {
        text[0] = 0;
    }
    if (fd >= 0) {
        close(fd);
    }
    return text;
}

/* Takes the next line off the text; false at its end. */
static bool next(char **rest, struct line *line) {
    char *text = strsep(rest, "\n");
    line->count = 0;
    while (text != NULL && line->count < FIELDS) {
        line->field[line->count++] = strsep(&text, ":");
    }
    return line->count > 0;
}

static bool number(const char *text, uint32_t *value) {
    char *end;
    errno = 0;
    unsigned long long all = strtoull(text, &end, 10);
    if (!isdigit((unsigned char) *text) || *end != 0 || errno != 0 || all >= UINT32_MAX) {
        return false;
    }
    *value = (uint32_t) all;
    return true;
}

static bool matches(const struct line *line, const char *name) {
    uint32_t wanted, id;
    return strcmp(line->field[0], name) == 0
           || (number(name, &wanted) && number(line->field[2], &id) && wanted == id);
}

/* The passwd entry of a name or uid; its name goes to login. */
static bool find_passwd(const char *name, struct user *user, char *login, size_t room) {
    struct line line;
    bool found = false;
    char *text = read_text("/etc/passwd"), *rest = text;
    while (!found && next(&rest, &line)) {
        found = line.count >= 6 && matches(&line, name) && number(line.field[2], &user->uid)
                && number(line.field[3], &user->gid);
        if (found) {
            snprintf(user->home, sizeof user->home, "%s", line.field[5]);
            snprintf(login, room, "%s", line.field[0]);
        }
    }
    free(text);
    return found;
}

static bool find_group(const char *name, gid_t *gid) {
    struct line line;
    bool found = false;
    char *text = read_text("/etc/group"), *rest = text;
    while (!found && next(&rest, &line)) {
        found = line.count >= 3 && matches(&line, name) && number(line.field[2], gid);
    }
    free(text);
    return found || number(name, gid);
}

static bool is_member(char *members, const char *login) {
    char *member;
    while ((member = strsep(&members, ",")) != NULL) {
        if (*member != 0 && strcmp(member, login) == 0) {
            return true;
        }
    }
    return false;
}

static void add_groups(struct user *user, const char *login) {
    struct line line;
    gid_t gid;
    char *text = read_text("/etc/group"), *rest = text;
    while (next(&rest, &line) && user->group_count < GROUPS) {
        if (line.count >= 4 && number(line.field[2], &gid) && is_member(line.field[3], login)) {
            user->groups[user->group_count++] = gid;
        }
    }
    free(text);
}

void user_find(const char *text, struct user *user) {
    char name[256], login[256] = "";
    memset(user, 0, sizeof *user);
    snprintf(user->home, sizeof user->home, "/");
    const char *colon = strchrnul(text, ':');
    snprintf(name, sizeof name, "%.*s", (int) (colon - text), text);
    const char *wanted = name[0] != 0 ? name : "0";
    if (!find_passwd(wanted, user, login, sizeof login) && !number(wanted, &user->uid)) {
        fail(RUNTIME_FAILED, 0, "unable to find user %s: no matching entries in passwd file", wanted);
    }
    if (colon[0] == ':' && colon[1] != 0) {
        if (!find_group(colon + 1, &user->gid)) {
            fail(RUNTIME_FAILED, 0, "unable to find group %s: no matching entries in group file", colon + 1);
        }
        return;
    }
    if (login[0] != 0) {
        add_groups(user, login);
    }
}
