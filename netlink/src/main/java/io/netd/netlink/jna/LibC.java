package io.netd.netlink.jna;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;

/** The calls of libc that netlink sockets need, by direct mapping. {@code size_t} is {@code long}: 64-bit hosts only. */
final class LibC {
    static final int AF_NETLINK = 16;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x80000;

    static final int SOL_SOCKET = 1;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_SNDBUFFORCE = 32;
    static final int SO_RCVBUFFORCE = 33;

    static final int SOL_NETLINK = 270;
    static final int NETLINK_ADD_MEMBERSHIP = 1;
    static final int NETLINK_CAP_ACK = 10;
    static final int NETLINK_EXT_ACK = 11;
    static final int NETLINK_GET_STRICT_CHK = 12;

    static final long SIOCGIFINDEX = 0x8933;

    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    static final short POLLIN = 1;
    static final int EFD_CLOEXEC = 0x80000;

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    static native int socket(int domain, int type, int protocol);

    static native int bind(int fd, Pointer address, int length);

    static native int getsockname(int fd, Pointer address, Pointer length);

    static native int setsockopt(int fd, int level, int name, Pointer value, int length);

    static native int ioctl(int fd, long request, Pointer argument);

    static native long send(int fd, Pointer bytes, long length, int flags);

    static native long recv(int fd, Pointer bytes, long length, int flags);

    static native int poll(Pointer descriptors, long count, int timeout);

    static native int eventfd(int value, int flags);

    static native long write(int fd, Pointer bytes, long length);

    static native int close(int fd);

    /** The error of this thread's last call; to be read before any other. */
    static Errno lastError() {
        return Errno.of(Native.getLastError());
    }

    static int check(String call, int result, String argument) {
        if (result < 0) {
            throw new LinuxException(call, lastError(), argument);
        }
        return result;
    }
}
