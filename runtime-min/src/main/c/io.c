#include "io.h"

#include <errno.h>
#include <unistd.h>

bool write_all(int fd, const void *bytes, size_t length) {
    const char *at = bytes;
    while (length > 0) {
        ssize_t n = write(fd, at, length);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        at += n;
        length -= (size_t) n;
    }
    return true;
}

ssize_t read_all(int fd, void *bytes, size_t length) {
    size_t got = 0;
    while (got < length) {
        ssize_t n = read(fd, (char *) bytes + got, length - got);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return -1;
        }
        if (n == 0) {
            break;
        }
        got += (size_t) n;
    }
    return (ssize_t) got;
}

int read_byte(int fd) {
    unsigned char byte;
    return read_all(fd, &byte, 1) == 1 ? byte : -1;
}
