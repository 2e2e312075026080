#include "terminal.h"

#include <sys/ioctl.h>
#include <termios.h>

struct terminal terminal_facts(void) {
    struct terminal facts = {0, 0, 0};
    for (int fd = 2; fd >= 0; fd--) {
        struct winsize size;
        if (ioctl(fd, TIOCGWINSZ, &size) != 0)
            continue;
        facts.which |= (uint8_t)(1 << fd);
        facts.columns = size.ws_col;
        facts.rows = size.ws_row;
    }
    return facts;
}
