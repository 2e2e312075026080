package io.netd.linux.ns;

import static io.netd.linux.sys.Constants.AF_UNIX;
import static io.netd.linux.sys.Constants.SOCK_CLOEXEC;
import static io.netd.linux.sys.Constants.SOCK_DGRAM;
import static io.netd.linux.sys.Constants.SOL_SOCKET;
import static io.netd.linux.sys.Constants.SO_NETNS_COOKIE;

import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The kernel's number for a network namespace, never used twice in one boot (since Linux 5.14). */
final class NamespaceCookie {
    private NamespaceCookie() {}

    /** The calling thread's namespace's cookie; empty on kernels that have none. */
    static Optional<Long> ofThisThread() {
        int socket = Libc.sockets().socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        try (Fd fd = Fd.owning(Libc.check("socket", socket, "AF_UNIX"))) {
            byte[] cookie = new byte[Long.BYTES];
            int result = Libc.sockets()
                    .getsockopt(fd.number(), SOL_SOCKET, SO_NETNS_COOKIE, cookie, new int[] {cookie.length});
            return result == -1
                    ? Optional.empty()
                    : Optional.of(ByteBuffer.wrap(cookie)
                            .order(ByteOrder.nativeOrder())
                            .getLong());
        }
    }
}
