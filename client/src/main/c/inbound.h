/* What the daemon says. */
#ifndef NETD_INBOUND_H
#define NETD_INBOUND_H

#include "relay.h"

/* Obeys every whole frame that has arrived, up to the next piece of output that must be written first. */
enum outcome inbound_take(struct relay *relay);

#endif
