/* Signals that the client hands to the daemon instead of dying of them. */
#ifndef NETD_SIGNALS_H
#define NETD_SIGNALS_H

#include "buffer.h"

/* Blocks INT TERM HUP QUIT USR1 USR2 WINCH and returns a signalfd for them. */
int signals_open(void);

/* Relays what came as SIGNAL or WINSIZE frames; the second INT ends the process with 130. */
void signals_relay(int fd, struct buffer *out);

#endif
