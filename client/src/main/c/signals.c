#define _GNU_SOURCE
#include "signals.h"

#include "frame.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

int signals_open(void) {
    static const int relayed[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof relayed / sizeof *relayed; i++)
        sigaddset(&set, relayed[i]);
    int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd >= 0)
        sigprocmask(SIG_BLOCK, &set, NULL);
    return fd;
}

void signals_relay(int fd, struct buffer *out) {
    static int interrupts;
    struct signalfd_siginfo info;
    while (read(fd, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGWINCH) {
            frame_winsize(out);
            continue;
        }
        if (info.ssi_signo == SIGINT && ++interrupts == 2)
            _exit(128 + SIGINT);
        frame_header(out, FRAME_SIGNAL, 1);
        buffer_put_u8(out, (uint8_t)info.ssi_signo);
    }
}
