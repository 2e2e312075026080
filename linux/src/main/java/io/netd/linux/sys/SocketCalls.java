package io.netd.linux.sys;

import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/** Calls about sockets. Each returns -1 on failure; structures are byte arrays in native layout. */
public interface SocketCalls {
    /** socket(2). */
    int socket(int family, int type, int protocol);

    /** bind(2). */
    int bind(int fd, @In byte[] address, int length);

    /** listen(2). */
    int listen(int fd, int backlog);

    /** setsockopt(2). */
    int setsockopt(int fd, int level, int option, @In byte[] value, int length);

    /** getsockopt(2). */
    int getsockopt(int fd, int level, int option, @Out byte[] value, int[] length);

    /** getsockname(2). */
    int getsockname(int fd, @Out byte[] address, int[] length);

    /** sendto(2). */
    long sendto(int fd, @In byte[] message, long length, int flags, @In byte[] address, int addressLength);
}
