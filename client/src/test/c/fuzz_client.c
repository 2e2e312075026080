/* The whole client against whatever its caller and the daemon may say. An input is four bytes of choices, arguments and
 * environment as strings (an empty one ends each list), the length of standard input in two bytes, standard input, and
 * what the daemon says. System calls that reach outside are the harness's own. */
#define _GNU_SOURCE
/* Its memory that is never given back would last for one input only. */
#include "../../main/c/buffer.c"
#include "../../main/c/cni_output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>

#define STRINGS 64

extern char **environ;
int client_main(int argc, char **argv);
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
    const uint8_t *at;
    size_t left;
};

static const char *const names[] = {"bridge", "/opt/cni/bin/portmap", "netctl", "host-local", "nobody"};

static bool is_running;
static int first_descriptor;
static int connect_error;
static struct input daemon_words;

static uint8_t take_byte(struct input *input) {
    if (input->left == 0)
        return 0;
    input->left--;
    return *input->at++;
}

static char *take_string(struct input *input) {
    size_t length = strnlen((const char *)input->at, input->left);
    char *text = strndup((const char *)input->at, length);
    size_t taken = length < input->left ? length + 1 : length;
    input->at += taken;
    input->left -= taken;
    return text;
}

static int take_strings(struct input *input, char **strings, int count) {
    for (;; count++) {
        strings[count] = take_string(input);
        if (strings[count][0] != '\0' && count < STRINGS - 1)
            continue;
        free(strings[count]);
        strings[count] = NULL;
        return count;
    }
}

static struct input take_block(struct input *input, size_t length) {
    struct input block = {input->at, length < input->left ? length : input->left};
    input->at += block.left;
    input->left -= block.left;
    return block;
}

static void refill(int fd, struct input bytes) {
    if (ftruncate(fd, 0) != 0 || pwrite(fd, bytes.at, bytes.left, 0) != (ssize_t)bytes.left || lseek(fd, 0, SEEK_SET) != 0)
        abort();
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    int mode = va_arg(more, int);
    va_end(more);
    if (!is_running)
        return __real_open(path, flags, mode);
    static const int reasons[] = {ENOENT, EACCES, ELOOP};
    errno = reasons[strlen(path) % 3];
    return strstr(path, "none") != NULL ? -1 : __real_open(strlen(path) % 2 == 0 ? "/dev/null" : "/proc/self/stat", O_RDONLY);
}

int __wrap_socket(int family, int type, int protocol);
int __wrap_socket(int family, int type, int protocol) {
    (void)family, (void)type, (void)protocol;
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        abort();
    if (send(ends[1], daemon_words.at, daemon_words.left, MSG_DONTWAIT) < 0 && daemon_words.left > 0)
        abort();
    shutdown(ends[1], SHUT_WR);
    return ends[0];
}

int __wrap_connect(int fd, const struct sockaddr *address, socklen_t length);
int __wrap_connect(int fd, const struct sockaddr *address, socklen_t length) {
    (void)fd, (void)address, (void)length;
    errno = connect_error;
    return connect_error == 0 ? 0 : -1;
}

int __wrap_execv(const char *path, char *const *arguments);
int __wrap_execv(const char *path, char *const *arguments) {
    (void)path;
    for (; *arguments != NULL; arguments++)
        if (strlen(*arguments) > SIZE_MAX / 2)
            abort();
    return -1;
}

int __wrap_setenv(const char *name, const char *value, int overwrite);
int __wrap_setenv(const char *name, const char *value, int overwrite) {
    (void)name, (void)overwrite;
    return strlen(value) < SIZE_MAX / 2 ? 0 : -1;
}

int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode) {
    (void)path, (void)mode;
    return 0;
}

int __wrap_openat(int directory, const char *name, int flags, ...);
int __wrap_openat(int directory, const char *name, int flags, ...) {
    (void)directory, (void)flags;
    return memfd_create(name, 0);
}

int __wrap_renameat(int from, const char *name, int to, const char *other);
int __wrap_renameat(int from, const char *name, int to, const char *other) {
    (void)from, (void)name, (void)to, (void)other;
    return 0;
}

int __wrap_fsync(int fd);
int __wrap_fsync(int fd) {
    (void)fd;
    return 0;
}

static bool is_utf8(const unsigned char *text, size_t size) {
    while (size > 0) {
        wchar_t point = text[0];
        size_t length = text[0] < 0x80 ? 1 : text[0] < 0xe0 ? 2 : text[0] < 0xf0 ? 3 : 4;
        static const wchar_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (length > size || (length > 1 && (text[0] < 0xc2 || text[0] > 0xf4)))
            return false;
        point &= length == 1 ? 0x7f : 0x7f >> length;
        for (size_t i = 1; i < length; i++) {
            if ((text[i] & 0xc0) != 0x80)
                return false;
            point = point << 6 | (text[i] & 0x3f);
        }
        if (point < least[length] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
            return false;
        text += length;
        size -= length;
    }
    return true;
}

/* One line of JSON in UTF-8, as far as that can be told without a parser. */
static void require_json(void) {
    static unsigned char text[64 << 10];
    ssize_t size = pread(1, text, sizeof text, 0);
    bool is_quoted = false;
    bool is_object = size > 3 && memcmp(text, "{\"cniVersion\":\"", 15) == 0 && memcmp(text + size - 2, "}\n", 2) == 0;
    for (ssize_t i = 0; is_object && i < size - 1; i++) {
        if (text[i] < 0x20)
            is_object = false;
        else if (text[i] == '\\' && is_quoted)
            i++;
        else if (text[i] == '"')
            is_quoted = !is_quoted;
    }
    if (!is_object || is_quoted || !is_utf8(text, (size_t)size)) {
        dprintf(2, "no JSON: %.*s\n", (int)size, text);
        abort();
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    if (dup2(memfd_create("stdin", 0), 0) != 0 || dup2(memfd_create("stdout", 0), 1) != 1)
        abort();
    signal(SIGPIPE, SIG_IGN);
    return 0;
}

static int call(int argc, char **argv, char **environment) {
    char **kept = environ;
    sigset_t signals;
    sigprocmask(SIG_SETMASK, NULL, &signals);
    environ = environment;
    is_running = true;
    int code = client_main(argc, argv);
    is_running = false;
    environ = kept;
    sigprocmask(SIG_SETMASK, &signals, NULL);
    fflush(stdout);
    return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const int reasons[] = {0, 0, EAGAIN, ECONNREFUSED, EACCES};
    struct input input = {data, size};
    char *argv[STRINGS], *environment[STRINGS];
    argv[0] = strdup(names[take_byte(&input) % (sizeof names / sizeof *names)]);
    connect_error = reasons[take_byte(&input) % (sizeof reasons / sizeof *reasons)];
    /* Memory from malloc() is watched, the client's own is not. */
    pool_used = take_byte(&input) % 2 == 0 ? 0 : sizeof pool;
    int argc = take_strings(&input, argv, 1);
    int variables = take_strings(&input, environment, 0);
    size_t length = take_byte(&input);
    length = length << 8 | take_byte(&input);
    refill(0, take_block(&input, length));
    daemon_words = take_block(&input, input.left);
    refill(1, (struct input){data, 0});
    first_descriptor = dup(0);

    int code = call(argc, argv, environment);
    if (code < 0 || code > 255)
        abort();
    if (code == 1 && (connect_error != 0 || daemon_words.left == 0) && strcmp(argv[0], "bridge") == 0)
        require_json();

    close_range((unsigned)first_descriptor, ~0u, 0);
    for (int i = 0; i < argc; i++)
        free(argv[i]);
    for (int i = 0; i < variables; i++)
        free(environment[i]);
    return 0;
}
