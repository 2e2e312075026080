#ifndef NETD_TERMINAL_H
#define NETD_TERMINAL_H

#include <stdint.h>

struct terminal {
    uint8_t which; /* bit n: descriptor n is a terminal */
    uint16_t columns;
    uint16_t rows;
};

/* Sizes are 0 when no descriptor is a terminal. */
struct terminal terminal_facts(void);

#endif
