/* netd-launch: starts one container under a monitor of its own (run), or one more program in a running container (exec). */
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "fail.h"
#include "join.h"
#include "monitor.h"
#include "seal.h"

int main(int argc, char **argv) {
    /* Whatever the caller left open must not reach a container (CVE-2024-21626). */
    close_range(3, ~0U, 0);
    struct config config = {.caps = 0};
    if (argc >= 2 && strcmp(argv[1], "run") == 0) {
        seal_self("netd-monitor", argv);
        return monitor_start(&config);
    }
    if (argc >= 2 && strcmp(argv[1], "exec") == 0) {
        seal_self("netd-exec", argv);
        config_read(STDIN_FILENO, &config);
        return join_container(&config);
    }
    fail(RUNTIME_FAILED, 0, "usage: netd-launch run|exec ID, configuration on standard input");
}
