/* Where the daemon listens. */
#ifndef NETD_ADDRESS_H
#define NETD_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

#define DEFAULT_ADDRESS "unix:///run/netd/netd.sock"

struct address {
    const char *text;
    struct sockaddr_storage socket;
    socklen_t length;
};

/* unix:///path or tcp://<numeric IPv4 or [IPv6]>:<port>; false when the text is neither. */
bool address_parse(struct address *address, const char *text);

/* A connected socket, or -errno. EAGAIN means that nobody accepted within the time. */
int address_connect(const struct address *address, int timeout_ms);

#endif
