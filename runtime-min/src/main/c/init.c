#include "init.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fail.h"
#include "io.h"
#include "process.h"
#include "rootfs.h"

static void await(int order, int word) {
    if (read_byte(order) != word) {
        _exit(RUNTIME_FAILED);
    }
}

static void own_identity(const struct config *config) {
    setsid();
    umask(022);
    if (config->cgroup_namespace && unshare(CLONE_NEWCGROUP) != 0) {
        fail(RUNTIME_FAILED, errno, "unshare the cgroup namespace");
    }
    if (config->hostname != NULL && sethostname(config->hostname, strlen(config->hostname)) != 0) {
        fail(RUNTIME_FAILED, errno, "set the host name to %s", config->hostname);
    }
}

/* Standard input is the container's own null device, so that nothing of the host's file system is held. */
static void empty_input(void) {
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 || dup2(fd, STDIN_FILENO) < 0) {
        fail(RUNTIME_FAILED, errno, "open /dev/null");
    }
    close(fd);
}

void init_run(const struct config *config, struct channels channels) {
    fail_to(channels.report);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (dup2(channels.out, STDOUT_FILENO) < 0 || dup2(channels.err, STDERR_FILENO) < 0) {
        fail(RUNTIME_FAILED, errno, "take over the output pipes");
    }
    await(channels.order, 'j');
    own_identity(config);
    rootfs_enter(config);
    empty_input();
    await(channels.order, 'x');
    process_become(config);
}
