#include "join.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cgroup.h"
#include "fail.h"
#include "io.h"
#include "process.h"

enum { NAMESPACES = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP };

/* Field 22 of /proc/PID/stat; the name in field 2 may hold anything, so count from its last parenthesis. */
static unsigned long long start_time(int pid) {
    char path[40], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : read_all(fd, text, sizeof text - 1);
    if (length <= 0) {
        return 0;
    }
    text[length] = 0;
    char *at = strrchr(text, ')');
    for (int field = 2; at != NULL && field < 22; field++) {
        at = strchr(at + 1, ' ');
    }
    return at == NULL ? 0 : strtoull(at, NULL, 10);
}

static int open_container(const struct config *config) {
    int fd = (int) syscall(SYS_pidfd_open, (pid_t) config->pid, 0);
    if (fd < 0 || start_time((int) config->pid) != config->start_time) {
        fail(RUNTIME_FAILED, 0, "the container is not running");
    }
    return fd;
}

/* Enters the namespaces, then leaves a sibling behind there: a pid namespace is only entered by the next child. */
static _Noreturn void enter(const struct config *config, int container, int order) {
    prctl(PR_SET_DUMPABLE, 0);
    if (read_byte(order) != 'j') {
        _exit(RUNTIME_FAILED);
    }
    if (setns(container, NAMESPACES) != 0) {
        fail(RUNTIME_FAILED, errno, "enter the container");
    }
    pid_t child = (pid_t) syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);
    if (child < 0) {
        fail(RUNTIME_FAILED, errno, "start a process in the container");
    }
    if (child > 0) {
        _exit(0);
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setsid();
    umask(022);
    process_become(config);
}

static int code_of(int status) {
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* The first child only prepares: the program's status is the other one's, or the first one's when it failed. */
static int await_program(pid_t first) {
    int status, code = 0;
    pid_t pid;
    while ((pid = waitpid(-1, &status, 0)) > 0 || errno == EINTR) {
        if (pid > 0 && (pid != first || status != 0)) {
            code = code_of(status);
        }
    }
    return code;
}

int join_container(const struct config *config) {
    int container = open_container(config);
    int order[2];
    if (pipe2(order, O_CLOEXEC) != 0) {
        fail(RUNTIME_FAILED, errno, "pipe");
    }
    pid_t child = fork();
    if (child < 0) {
        fail(RUNTIME_FAILED, errno, "fork");
    }
    if (child == 0) {
        close(order[1]);
        enter(config, container, order[0]);
    }
    int error = cgroup_join(config, child);
    if (error != 0) {
        kill(child, SIGKILL);
        fail(RUNTIME_FAILED, error, "enter the container's cgroups");
    }
    write_all(order[1], "j", 1);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    return await_program(child);
}
