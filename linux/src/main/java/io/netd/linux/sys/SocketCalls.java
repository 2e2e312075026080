package io.netd.linux.sys;

/** Calls about sockets. Each returns -1 on failure; structures are byte arrays in native layout. */
public interface SocketCalls {
    int socket(int family, int type, int protocol);

    int bind(int fd, byte[] address, int length);

    int listen(int fd, int backlog);

    int setsockopt(int fd, int level, int option, byte[] value, int length);

    int getsockopt(int fd, int level, int option, byte[] value, int[] length);

    int getsockname(int fd, byte[] address, int[] length);

    long sendto(int fd, byte[] message, long length, int flags, byte[] address, int addressLength);
}
