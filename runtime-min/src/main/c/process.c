#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fail.h"
#include "program.h"
#include "user.h"

/* A thread may ask for at most this many capabilities; the kernel refuses the first it does not know. */
enum { CAPABILITIES = 64 };

static void make_directories(const char *path) {
    char part[4096];
    for (const char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        if ((size_t) (slash - path) < sizeof part) {
            snprintf(part, sizeof part, "%.*s", (int) (slash - path), path);
            mkdir(part, 0755);
        }
    }
    mkdir(path, 0755);
}

/* A program of a new container gets its working directory made, as docker does; exec does not. */
static void enter_directory(const struct config *config) {
    const char *cwd = config->cwd == NULL ? "/" : config->cwd;
    bool fresh = config->pid == 0;
    if (fresh && chdir(cwd) != 0 && errno == ENOENT) {
        make_directories(cwd);
    }
    if (chdir(cwd) != 0) {
        fail(fresh ? RUNTIME_FAILED : CANNOT_EXECUTE, errno, "chdir to cwd (\"%s\") failed", cwd);
    }
}

/* A directory outside the root must not be the current one (CVE-2024-21626); the raw call shows it as "(unreachable)". */
static void check_directory(void) {
    char path[4096];
    long length = syscall(SYS_getcwd, path, sizeof path);
    if (length <= 0 || path[0] != '/') {
        fail(RUNTIME_FAILED, 0, "the working directory is outside the container");
    }
}

static void drop_bounding(uint64_t keep) {
    for (unsigned cap = 0; cap < CAPABILITIES; cap++) {
        int held = prctl(PR_CAPBSET_READ, cap, 0, 0, 0);
        if (held < 0) {
            return;
        }
        if (held == 1 && (keep >> cap & 1) == 0 && prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) != 0) {
            fail(RUNTIME_FAILED, errno, "drop capability %u", cap);
        }
    }
}

/* Root keeps the allowed set; everybody else has lost permitted and effective by setresuid. Inheritable and ambient stay empty. */
static void set_capabilities(uint64_t keep, uid_t uid) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2] = {{0, 0, 0}, {0, 0, 0}};
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    if (uid == 0) {
        struct __user_cap_data_struct now[2];
        if (syscall(SYS_capget, &header, now) != 0) {
            fail(RUNTIME_FAILED, errno, "read the capabilities");
        }
        for (int half = 0; half < 2; half++) {
            data[half].permitted = data[half].effective = (uint32_t) (keep >> (32 * half)) & now[half].permitted;
        }
    }
    if (syscall(SYS_capset, &header, data) != 0) {
        fail(RUNTIME_FAILED, errno, "set the capabilities");
    }
}

static void become_user(const struct user *user, uint64_t caps) {
    drop_bounding(caps);
    if (setgroups(user->group_count, user->groups) != 0 || setresgid(user->gid, user->gid, user->gid) != 0
        || setresuid(user->uid, user->uid, user->uid) != 0) {
        fail(RUNTIME_FAILED, errno, "become user %u:%u", user->uid, user->gid);
    }
    set_capabilities(caps, user->uid);
}

/* An unprivileged user reopens /dev/stdout and kin through /proc, which goes by the pipe's owner. */
static void give_output(const struct user *user) {
    struct stat status;
    for (int fd = 0; fd <= 2; fd++) {
        if (user->uid != 0 && fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode)
            && fchown(fd, user->uid, (gid_t) -1) != 0) {
            fail(RUNTIME_FAILED, errno, "hand over standard output");
        }
    }
}

static void default_signals(void) {
    sigset_t none;
    for (int number = 1; number < NSIG; number++) {
        signal(number, SIG_DFL);
    }
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

void process_become(const struct config *config) {
    struct user user;
    user_find(config->user == NULL ? "" : config->user, &user);
    /* Keys of the daemon's session are none of the container's business. */
    syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL);
    give_output(&user);
    enter_directory(config);
    if (config->no_new_privs && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        fail(RUNTIME_FAILED, errno, "set no_new_privs");
    }
    become_user(&user, config->caps);
    /* A change of user has cleared it. Nobody of a container outlives who watches over it. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    check_directory();
    default_signals();
    /* Closed by the exec itself: until then failures need their pipe. */
    if (close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) != 0) {
        fail(RUNTIME_FAILED, errno, "close what the program must not inherit");
    }
    program_exec(config->arg.item, config->env.item, user.home);
}
