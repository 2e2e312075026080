package io.netd.linux.sys;

import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/** Calls about sockets. Each returns -1 on failure; structures are byte arrays in native layout. */
public interface SocketCalls {
    int socket(int family, int type, int protocol);

    int bind(int fd, @In byte[] address, int length);

    int listen(int fd, int backlog);

    int setsockopt(int fd, int level, int option, @In byte[] value, int length);

    int getsockopt(int fd, int level, int option, @Out byte[] value, int[] length);

    int getsockname(int fd, @Out byte[] address, int[] length);

    long sendto(int fd, @In byte[] message, long length, int flags, @In byte[] address, int addressLength);
}
