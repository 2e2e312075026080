#define _GNU_SOURCE
#include "address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

static bool parse_unix(struct address *address, const char *path) {
    struct sockaddr_un *name = (struct sockaddr_un *)&address->socket;
    size_t length = strlen(path);
    if (path[0] != '/' || length >= sizeof name->sun_path)
        return false;
    name->sun_family = AF_UNIX;
    memcpy(name->sun_path, path, length + 1);
    address->length = sizeof *name;
    return true;
}

static bool parse_port(const char *text, in_port_t *port) {
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < 1 || value > 65535)
        return false;
    *port = htons((uint16_t)value);
    return true;
}

static bool parse_tcp(struct address *address, const char *text) {
    char host[INET6_ADDRSTRLEN + 3];
    const char *colon = strrchr(text, ':');
    if (colon == NULL || (size_t)(colon - text) >= sizeof host)
        return false;
    size_t length = (size_t)(colon - text);
    memcpy(host, text, length);
    host[length] = '\0';
    struct sockaddr_in *v4 = (struct sockaddr_in *)&address->socket;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&address->socket;
    if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        address->length = sizeof *v4;
        return parse_port(colon + 1, &v4->sin_port);
    }
    if (length < 3 || host[0] != '[' || host[length - 1] != ']')
        return false;
    host[length - 1] = '\0';
    if (inet_pton(AF_INET6, host + 1, &v6->sin6_addr) != 1)
        return false;
    v6->sin6_family = AF_INET6;
    address->length = sizeof *v6;
    return parse_port(colon + 1, &v6->sin6_port);
}

bool address_parse(struct address *address, const char *text) {
    memset(address, 0, sizeof *address);
    address->text = text;
    if (strncmp(text, "unix://", 7) == 0)
        return parse_unix(address, text + 7);
    if (strncmp(text, "tcp://", 6) == 0)
        return parse_tcp(address, text + 6);
    return false;
}

int address_connect(const struct address *address, int timeout_ms) {
    int family = address->socket.ss_family;
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -errno;
    /* connect() to a unix socket with a full backlog blocks, and SO_SNDTIMEO is what bounds it (unix(7)). */
    struct timeval limit = {timeout_ms / 1000, timeout_ms % 1000 * 1000};
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    int on = 1;
    if (family != AF_UNIX)
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    int result;
    do
        result = connect(fd, (const struct sockaddr *)&address->socket, address->length);
    while (result != 0 && errno == EINTR);
    if (result == 0)
        return fd;
    int reason = errno == EINPROGRESS ? EAGAIN : errno;
    close(fd);
    return -reason;
}
