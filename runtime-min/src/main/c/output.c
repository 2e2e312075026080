#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fail.h"
#include "io.h"

struct output output_open(const struct config *config, int out, int err) {
    struct output output = {.exit_file = config->exit_file};
    output.streams[0].fd = out;
    output.streams[0].name = "stdout";
    output.streams[1].fd = err;
    output.streams[1].name = "stderr";
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    output.signals = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    fcntl(out, F_SETFL, O_NONBLOCK);
    fcntl(err, F_SETFL, O_NONBLOCK);
    if (output.signals < 0 || !log_open(&output.log, config->log, config->log_limit)) {
        fail(RUNTIME_FAILED, errno, "open the log %s", config->log);
    }
    return output;
}

/* Writes out all whole lines that are held, and a full buffer or the end of the stream as a piece without line end. */
static void write_lines(struct output *output, struct stream *stream, bool all) {
    size_t start = 0;
    char *end;
    while ((end = memchr(stream->text + start, '\n', stream->held - start)) != NULL) {
        size_t length = (size_t) (end - stream->text) + 1 - start;
        log_write(&output->log, stream->name, stream->text + start, length);
        start += length;
    }
    if (stream->held > start && (all || (start == 0 && stream->held == PIECE))) {
        log_write(&output->log, stream->name, stream->text + start, stream->held - start);
        start = stream->held;
    }
    memmove(stream->text, stream->text + start, stream->held - start);
    stream->held -= start;
}

/* One read; false when nothing is there now. Closes the stream at its end. */
static bool take(struct output *output, struct stream *stream) {
    ssize_t n = read(stream->fd, stream->text + stream->held, PIECE - stream->held);
    if (n > 0) {
        stream->held += (size_t) n;
        write_lines(output, stream, false);
        return true;
    }
    if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
        close(stream->fd);
        stream->fd = -1;
    }
    return n < 0 && errno == EINTR;
}

/* Reaps everything that has ended; true when the first process was among them. */
static bool reap(struct output *output, pid_t init, int *status) {
    struct signalfd_siginfo ignored[8];
    while (read(output->signals, ignored, sizeof ignored) > 0) {
    }
    bool ended = false;
    int one;
    pid_t pid;
    while ((pid = waitpid(-1, &one, WNOHANG)) > 0) {
        if (pid == init) {
            *status = one;
            ended = true;
        }
    }
    return ended;
}

static void write_exit(const char *file, int status) {
    int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    char text[64], draft[4096];
    int length = snprintf(text, sizeof text, "%d %lld.%09ld\n", code, (long long) now.tv_sec, now.tv_nsec);
    if (snprintf(draft, sizeof draft, "%s.new", file) >= (int) sizeof draft) {
        return;
    }
    int fd = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd >= 0 && write_all(fd, text, (size_t) length) && fsync(fd) == 0) {
        rename(draft, file);
    }
    close(fd);
}

void output_run(struct output *output, pid_t init) {
    int status = 0;
    bool ended = false;
    while (!ended) {
        struct pollfd fds[] = {
            {output->streams[0].fd, POLLIN, 0},
            {output->streams[1].fd, POLLIN, 0},
            {output->signals, POLLIN, 0},
        };
        if (poll(fds, 3, -1) < 0) {
            continue;
        }
        for (int i = 0; i < 2; i++) {
            if (fds[i].revents != 0) {
                take(output, &output->streams[i]);
            }
        }
        ended = fds[2].revents != 0 && reap(output, init, &status);
    }
    /* The kernel has ended every process of the namespace before it reports the first one: what is in the pipes is all. */
    for (int i = 0; i < 2; i++) {
        while (output->streams[i].fd >= 0 && take(output, &output->streams[i])) {
        }
        write_lines(output, &output->streams[i], true);
    }
    log_close(&output->log);
    write_exit(output->exit_file, status);
}
