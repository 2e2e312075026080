#include "monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cgroup.h"
#include "fail.h"
#include "init.h"
#include "io.h"
#include "output.h"

struct pipe {
    int read;
    int write;
};

static struct pipe new_pipe(void) {
    int fds[2];
    if (pipe2(fds, O_CLOEXEC) != 0) {
        fail(RUNTIME_FAILED, errno, "pipe");
    }
    return (struct pipe){fds[0], fds[1]};
}

static int clone_flags(const struct config *config) {
    int flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC;
    return strcmp(config->netns, "own") == 0 ? flags | CLONE_NEWNET : flags;
}

static int open_network(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        fail(RUNTIME_FAILED, errno, "open the network namespace %s", path);
    }
    return fd;
}

static void enter_network(int fd, const char *path) {
    if (setns(fd, CLONE_NEWNET) != 0) {
        fail(RUNTIME_FAILED, errno, "join the network namespace %s", path);
    }
    close(fd);
}

/* Another container's network is entered before the clone and left after it: whoever is told of the first process
 * finds it in its final namespaces. */
static pid_t clone_init(const struct config *config) {
    bool joins = strcmp(config->netns, "own") != 0 && strcmp(config->netns, "host") != 0;
    int home = joins ? open_network("/proc/self/ns/net") : -1;
    if (joins) {
        enter_network(open_network(config->netns), config->netns);
    }
    pid_t init = (pid_t) syscall(SYS_clone, clone_flags(config) | SIGCHLD, 0, 0, 0, 0);
    if (joins && init != 0) {
        int error = errno;
        enter_network(home, "of the host");
        errno = error;
    }
    return init;
}

static _Noreturn void call_off(pid_t init) {
    kill(init, SIGKILL);
    waitpid(init, NULL, 0);
    _exit(RUNTIME_FAILED);
}

/* Relays what the container's first process reports; true when its end of the pipe closed without a word: it has become the program. */
static bool relay_report(int report, pid_t init) {
    char line[1024];
    ssize_t n = read_all(report, line, sizeof line);
    if (n == 0) {
        return true;
    }
    if (n > 0) {
        write_all(STDOUT_FILENO, line, (size_t) n);
    }
    call_off(init);
}

/* Waits for the daemon's word; failures while the root is being built come first. */
static void await_go(int report, pid_t init) {
    struct pollfd fds[] = {{STDIN_FILENO, POLLIN, 0}, {report, POLLIN, 0}};
    while (poll(fds, 2, -1) < 0 && errno == EINTR) {
    }
    if (fds[1].revents != 0 && relay_report(report, init)) {
        fail(RUNTIME_FAILED, 0, "the container's first process ended before its time");
    }
    char word[3];
    if (read_all(STDIN_FILENO, word, sizeof word) != sizeof word || memcmp(word, "go\n", sizeof word) != 0) {
        call_off(init);
    }
}

static void leave_caller(int done) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; fd <= 2; fd++) {
        dup2(null, fd);
    }
    close(null);
    close(done);
}

static void say(const char *format, pid_t init) {
    char line[80];
    int length = snprintf(line, sizeof line, format, (int) init, (int) getpid());
    write_all(STDOUT_FILENO, line, (size_t) length);
}

static void stand_alone(void) {
    setsid();
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_NAME, "netd-monitor");
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    if (chdir("/") != 0) {
        fail(RUNTIME_FAILED, errno, "chdir /");
    }
}

static _Noreturn void monitor(struct config *config, int done) {
    fail_to(STDOUT_FILENO);
    stand_alone();
    config_read(STDIN_FILENO, config);
    if (config->netns == NULL || config->rootfs == NULL || config->exit_file == NULL || config->log == NULL) {
        fail(RUNTIME_FAILED, 0, "launch configuration: incomplete");
    }
    struct pipe out = new_pipe(), err = new_pipe(), order = new_pipe(), report = new_pipe();
    struct output output = output_open(config, out.read, err.read);
    pid_t init = clone_init(config);
    if (init < 0) {
        fail(RUNTIME_FAILED, errno, "clone the container's first process");
    }
    if (init == 0) {
        /* The daemon's end must show in the pipe, so no copy of its other end may live in here. */
        close(order.write);
        init_run(config, (struct channels){out.write, err.write, order.read, report.write});
    }
    close(out.write);
    close(err.write);
    close(report.write);
    close(order.read);
    int error = cgroup_join(config, init);
    if (error != 0) {
        kill(init, SIGKILL);
        fail(RUNTIME_FAILED, error, "put the container into its cgroups");
    }
    write_all(order.write, "j", 1);
    say("created %d %d\n", init);
    await_go(report.read, init);
    write_all(order.write, "x", 1);
    if (relay_report(report.read, init)) {
        say("started\n", init);
    }
    leave_caller(done);
    output_run(&output, init);
    _exit(0);
}

int monitor_start(struct config *config) {
    struct pipe done = new_pipe();
    pid_t child = fork();
    if (child < 0) {
        fail_to(STDOUT_FILENO);
        fail(RUNTIME_FAILED, errno, "fork the monitor");
    }
    if (child == 0) {
        close(done.read);
        monitor(config, done.write);
    }
    close(done.write);
    read_byte(done.read);
    return 0;
}
