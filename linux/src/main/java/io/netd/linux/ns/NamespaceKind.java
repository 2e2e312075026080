package io.netd.linux.ns;

import static io.netd.linux.sys.Constants.CLONE_NEWNET;
import static io.netd.linux.sys.Constants.NS_GET_NSTYPE;

import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.nio.file.Path;

/** Tells a network namespace from other files, without entering it. */
final class NamespaceKind {
    private NamespaceKind() {}

    /**
     * Refuses anything but a network namespace.
     *
     * @throws LinuxException EINVAL, naming the path
     */
    static void requireNetwork(Fd fd, Path path) {
        // The link in /proc/self/fd says "net:[inode]" only while the namespace is not bound to a file.
        if (Libc.namespaces().ioctl(fd.number(), NS_GET_NSTYPE) != CLONE_NEWNET) {
            throw new LinuxException("open network namespace", Errno.EINVAL, path.toString());
        }
    }
}
