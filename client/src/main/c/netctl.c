#define _GNU_SOURCE
#include "netctl.h"

#include "address.h"
#include "call.h"
#include "fallback.h"
#include "frame.h"
#include "relay.h"
#include "version.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS 10000

/* Takes -H off the front of the arguments; how many it took, or -1 when its value is missing. */
static int take_host(int argc, char **argv, const char **host) {
    int taken = 0;
    while (taken < argc) {
        char *argument = argv[taken];
        if (strncmp(argument, "--host=", 7) == 0) {
            *host = argument + 7;
            taken++;
        } else if (strcmp(argument, "-H") == 0 || strcmp(argument, "--host") == 0) {
            if (taken + 1 == argc)
                return -1;
            *host = argv[taken + 1];
            taken += 2;
        } else if (strncmp(argument, "-H", 2) == 0) {
            *host = argument + 2;
            taken++;
        } else {
            break;
        }
    }
    return taken;
}

/* A runtime's folders are those of the caller's mount namespace, and to be written with the caller's rights, not the
 * daemon's. What is returned is an exit code. */
static int run_here(const char *host, int argc, char **argv) {
    setenv("NETD_HOST", host, 1);
    fallback_exec("netctl", argc, argv);
    fprintf(stderr, "netctl: bin/netd, which carries out \"%s\", cannot be started\n", argv[0]);
    return 1;
}

static bool runs_without_daemon(int argc, char **argv) {
    if (argc == 0 || strcmp(argv[0], "help") == 0 || strcmp(argv[0], "doctor") == 0)
        return true;
    /* Options of the program that run or exec starts are not ours. */
    for (int i = 0; i < argc && i < 2; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

static int refuse(const struct address *address, int reason, int argc, char **argv) {
    if (reason == EACCES || reason == EPERM) {
        fprintf(stderr, "permission denied while trying to connect to the netd daemon at %s\n", address->text);
        return 1;
    }
    if (runs_without_daemon(argc, argv))
        fallback_exec("netctl", argc, argv);
    if (argc == 1 && strcmp(argv[0], "version") == 0)
        fputs("Client:\n Version:      " NETD_VERSION "\n\n", stdout);
    fflush(stdout);
    fprintf(stderr, "Cannot connect to the netd daemon at %s. Is the netd daemon running?\n", address->text);
    return 1;
}

static int converse(struct relay *relay, const struct address *address) {
    switch (relay_run(relay)) {
    case OUTCOME_EXITED:
        return relay->exit_code;
    case OUTCOME_SILENT:
        fprintf(stderr, "the netd daemon at %s does not answer\n", address->text);
        return 1;
    case OUTCOME_INCOMPATIBLE:
        fprintf(stderr, "the server at %s does not speak the protocol of netctl " NETD_VERSION "\n", address->text);
        return 1;
    default:
        fprintf(stderr, "the netd daemon at %s ended the connection before the command was done\n", address->text);
        return 1;
    }
}

int netctl_main(int argc, char **argv) {
    const char *host = getenv("NETD_HOST");
    if (host == NULL || host[0] == '\0')
        host = DEFAULT_ADDRESS;
    int taken = take_host(argc, argv, &host);
    struct address address;
    if (taken < 0) {
        fputs("flag needs an argument: -H\n", stderr);
        return 125;
    }
    if (!address_parse(&address, host)) {
        fprintf(stderr, "unable to parse the daemon's host `%s`: it is unix:///path or tcp://address:port\n", host);
        return 1;
    }
    if (taken < argc && strcmp(argv[taken], "cni") == 0)
        return run_here(host, argc - taken, argv + taken);
    struct call call = {"netctl", argc - taken, argv + taken, false};
    struct relay relay = {.signals = -1, .deadline = monotonic_ms() + PATIENCE_MS};
    relay.socket = address_connect(&address, PATIENCE_MS);
    if (relay.socket < 0)
        return refuse(&address, -relay.socket, call.argc, call.argv);
    frame_preface(&relay.to_daemon);
    call_write(&relay.to_daemon, &call);
    int code = converse(&relay, &address);
    relay_close(&relay);
    return code;
}
