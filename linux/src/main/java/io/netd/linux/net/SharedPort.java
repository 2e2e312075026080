package io.netd.linux.net;

import static io.netd.linux.sys.Constants.SOL_SOCKET;
import static io.netd.linux.sys.Constants.SO_REUSEPORT;

import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.util.List;
import java.util.function.Supplier;

/** Two sockets of which the second may bind what the first has bound, while nobody else's may. */
record SharedPort(Fd first, Fd second) {
    /**
     * SO_REUSEPORT lets sockets of one user share a port, and TCP remembers that user with the port when the option is off
     * again (tb->fastuid in net/ipv4/inet_connection_sock.c). This one, 4294967293, has no processes.
     */
    private static final int NOBODY_ELSE = -3;

    private static final int SAME_GROUP = -1;

    /**
     * The result of what is done meanwhile.
     *
     * @throws LinuxException EINVAL in a user namespace of one user, EPERM without CAP_CHOWN: the sockets would stay that of
     *     root, whose other sockets could come between then and later
     */
    <T> T during(Supplier<T> binding) {
        own();
        allow(1);
        try {
            return binding.get();
        } finally {
            allow(0);
        }
    }

    private void own() {
        try {
            own(NOBODY_ELSE);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            // A user namespace without that user.
            own(UserMap.unused().orElseThrow(() -> e));
        }
    }

    private void own(int user) {
        for (Fd socket : List.of(first, second)) {
            Libc.check("fchown", Libc.files().fchown(socket.number(), user, SAME_GROUP), socket);
        }
    }

    private void allow(int value) {
        SocketOptions.set(first, SOL_SOCKET, SO_REUSEPORT, value);
        SocketOptions.set(second, SOL_SOCKET, SO_REUSEPORT, value);
    }
}
