#define _GNU_SOURCE
#include "call.h"

#include "frame.h"
#include "terminal.h"
#include "version.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

static void put_field(struct buffer *body, enum call_field field, const void *bytes, size_t count) {
    buffer_put_u8(body, (uint8_t)field);
    buffer_put_u32(body, (uint32_t)count);
    buffer_put(body, bytes, count);
}

static void put_text(struct buffer *body, enum call_field field, const char *text) {
    put_field(body, field, text, strlen(text));
}

static bool starts_with(const char *text, const char *prefix) { return strncmp(text, prefix, strlen(prefix)) == 0; }

static bool is_needed(const char *variable, bool is_cni) {
    static const char *const always[] = {"PATH=", "TRACEPARENT=", "TRACESTATE=", "BAGGAGE=", "NETD_"};
    static const char *const terminal[] = {"TERM=", "COLUMNS=", "NO_COLOR="};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        if (starts_with(variable, always[i]))
            return true;
    if (is_cni)
        return starts_with(variable, "CNI_");
    for (size_t i = 0; i < sizeof terminal / sizeof *terminal; i++)
        if (starts_with(variable, terminal[i]))
            return true;
    return false;
}

/* Whether -e names this variable without a value of its own. */
static bool is_named(const char *variable, const struct call *call) {
    size_t length = strcspn(variable, "=");
    for (int i = 0; i < call->argc; i++) {
        const char *word = call->argv[i];
        if ((strcmp(word, "-e") == 0 || strcmp(word, "--env") == 0) && i + 1 < call->argc)
            word = call->argv[++i];
        else if (starts_with(word, "--env="))
            word += strlen("--env=");
        else if (starts_with(word, "-e"))
            word += strlen("-e");
        else
            continue;
        if (strlen(word) == length && strncmp(word, variable, length) == 0)
            return true;
    }
    return false;
}

static void put_descriptor(struct buffer *body, enum descriptor_kind kind, const char *path, int flags) {
    int fd = open(path, flags | O_CLOEXEC);
    int value = fd >= 0 ? fd : -errno;
    buffer_put_u8(body, FIELD_DESCRIPTOR);
    buffer_put_u32(body, 5);
    buffer_put_u8(body, (uint8_t)kind);
    buffer_put_u32(body, (uint32_t)value);
    struct stat facts;
    if (kind != DESCRIPTOR_HOST || fd < 0 || fstat(fd, &facts) != 0)
        return;
    buffer_put_u8(body, FIELD_NAMESPACE_ID);
    buffer_put_u32(body, 16);
    buffer_put_u64(body, facts.st_dev);
    buffer_put_u64(body, facts.st_ino);
}

static void put_descriptors(struct buffer *body) {
    const char *container = getenv("CNI_NETNS");
    if (container != NULL && container[0] != '\0')
        put_descriptor(body, DESCRIPTOR_CONTAINER, container, O_RDONLY | O_NONBLOCK);
    put_descriptor(body, DESCRIPTOR_HOST, "/proc/self/ns/net", O_RDONLY);
    put_descriptor(body, DESCRIPTOR_ROOT, "/", O_PATH | O_DIRECTORY);
}

static void put_terminal(struct buffer *body) {
    struct terminal facts = terminal_facts();
    buffer_put_u8(body, FIELD_TERMINAL);
    buffer_put_u32(body, 5);
    buffer_put_u8(body, facts.which);
    buffer_put_u16(body, facts.columns);
    buffer_put_u16(body, facts.rows);
}

void call_write(struct buffer *out, const struct call *call) {
    struct buffer body = {0};
    put_text(&body, FIELD_NAME, call->name);
    put_text(&body, FIELD_CLIENT_VERSION, NETD_VERSION);
    for (int i = 0; i < call->argc; i++)
        put_text(&body, FIELD_ARGUMENT, call->argv[i]);
    for (char **variable = environ; *variable != NULL; variable++)
        if (is_needed(*variable, call->is_cni) || (!call->is_cni && is_named(*variable, call)))
            put_text(&body, FIELD_ENVIRONMENT, *variable);
    char directory[PATH_MAX];
    if (getcwd(directory, sizeof directory) != NULL)
        put_text(&body, FIELD_DIRECTORY, directory);
    if (call->is_cni)
        put_descriptors(&body);
    else
        put_terminal(&body);
    frame_header(out, FRAME_CALL, buffer_size(&body));
    buffer_put(out, body.data + body.start, buffer_size(&body));
    buffer_free(&body);
}
