package io.netd.portmap.relay;

import io.netd.linux.net.HeldSocket;
import io.netd.linux.net.StreamSocket;
import io.netd.linux.sys.Constants;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A descriptor for the moment at which there is no other: who waits to be accepted is turned away by it. He would wait until
 * somebody else comes, for of him the kernel tells once. On the relay's thread.
 */
final class Spare implements AutoCloseable {
    private static final Path NOTHING = Path.of("/dev/null");

    private Optional<Fd> descriptor = open();

    /** Whether a refusal to accept means that there are no descriptors left. */
    static boolean isNeeded(LinuxException refusal) {
        return refusal.errno() == Errno.EMFILE || refusal.errno() == Errno.ENFILE;
    }

    /**
     * Turns away all who wait at a socket.
     *
     * @throws LinuxException when somebody else has taken it
     */
    void turnAway(HeldSocket socket) {
        boolean more = true;
        while (more) {
            close();
            try {
                Optional<StreamSocket> next = socket.accept();
                next.ifPresent(StreamSocket::reset);
                more = next.isPresent();
            } finally {
                descriptor = open();
            }
        }
    }

    private static Optional<Fd> open() {
        try {
            return Optional.of(Fd.open(NOTHING, Constants.O_RDONLY));
        } catch (LinuxException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        descriptor.ifPresent(Fd::close);
        descriptor = Optional.empty();
    }
}
