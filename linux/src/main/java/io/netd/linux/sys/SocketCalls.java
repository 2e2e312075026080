package io.netd.linux.sys;

import java.nio.ByteBuffer;
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

    /** connect(2). */
    int connect(int fd, @In byte[] address, int length);

    /** accept4(2). */
    int accept4(int fd, @Out byte[] address, int[] length, int flags);

    /** shutdown(2). */
    int shutdown(int fd, int how);

    /** recv(2) into a direct buffer, from its beginning. */
    long recv(int fd, @Out ByteBuffer bytes, long length, int flags);

    /** recvfrom(2) into a direct buffer, from its beginning. */
    long recvfrom(int fd, @Out ByteBuffer bytes, long length, int flags, @Out byte[] address, int[] addressLength);

    /** sendto(2) out of a direct buffer, from its beginning. */
    long sendto(int fd, @In ByteBuffer bytes, long length, int flags, @In byte[] address, int addressLength);

    /** send(2) out of a direct buffer, from its beginning. */
    long send(int fd, @In ByteBuffer bytes, long length, int flags);

    /** getpeername(2). */
    int getpeername(int fd, @Out byte[] address, int[] length);

    /** sendto(2). */
    long sendto(int fd, @In byte[] message, long length, int flags, @In byte[] address, int addressLength);
}
