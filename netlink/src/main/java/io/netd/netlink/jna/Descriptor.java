package io.netd.netlink.jna;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** One open netlink socket of the calling thread's network namespace: options, send, receive. Not thread-safe. */
final class Descriptor implements AutoCloseable {

    private static final int ADDRESS = 12;

    /** {@code struct ifreq}: a name, then a number or something else. */
    private static final int IFREQ = 40;

    private static final int IFNAMSIZ = 16;

    /** For arguments: a direct buffer for each of them would have to be freed by the garbage collector. */
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final int fd;
    private final int port;
    private boolean open = true;

    private Descriptor(int fd, int port) {
        this.fd = fd;
        this.port = port;
    }

    static Descriptor open(int protocol) {
        String argument = "netlink protocol " + protocol;
        int type = LibC.SOCK_RAW | LibC.SOCK_CLOEXEC;
        int fd = LibC.check("socket", LibC.socket(LibC.AF_NETLINK, type, protocol), argument);
        try {
            return new Descriptor(fd, bind(fd, argument));
        } catch (RuntimeException e) {
            LibC.close(fd);
            throw e;
        }
    }

    private static int bind(int fd, String argument) {
        Scratch scratch = SCRATCH.get();
        scratch.bytes
                .putLong(0, 0)
                .putInt(8, 0)
                .putShort(0, (short) LibC.AF_NETLINK)
                .putInt(ADDRESS, ADDRESS);
        LibC.check("bind", LibC.bind(fd, scratch.memory, ADDRESS), argument);
        LibC.check("getsockname", LibC.getsockname(fd, scratch.memory, scratch.memory.share(ADDRESS)), argument);
        return scratch.bytes.getInt(4);
    }

    /** The number; -1 once closed, because by then it may be another file's. */
    int fd() {
        return open ? fd : -1;
    }

    /** The port id the kernel chose: answers carry it. */
    int port() {
        return port;
    }

    /** Lifts the buffer limits to so many bytes; without CAP_NET_ADMIN as far as net.core.*mem_max lets it. */
    void liftBufferLimits(int limit) {
        lift(LibC.SO_SNDBUFFORCE, LibC.SO_SNDBUF, limit);
        lift(LibC.SO_RCVBUFFORCE, LibC.SO_RCVBUF, limit);
    }

    private void lift(int force, int plain, int limit) {
        if (!option(LibC.SOL_SOCKET, force, limit)) {
            option(LibC.SOL_SOCKET, plain, limit);
        }
    }

    /** Hears what is announced to a group from now on; LinuxException when the kernel refuses. */
    void join(int group) {
        if (!option(LibC.SOL_NETLINK, LibC.NETLINK_ADD_MEMBERSHIP, group)) {
            throw new LinuxException("setsockopt(NETLINK_ADD_MEMBERSHIP)", LibC.lastError(), "group " + group);
        }
    }

    /**
     * The index of a link of the socket's namespace, by SIOCGIFINDEX (netdevice(7)), which takes no lock.
     *
     * @param name shorter than 16 bytes
     */
    OptionalInt indexOfLink(String name) {
        Scratch scratch = SCRATCH.get();
        scratch.bytes.putLong(0, 0).putLong(8, 0).put(0, name.getBytes(StandardCharsets.UTF_8));
        if (LibC.ioctl(fd(), LibC.SIOCGIFINDEX, scratch.memory) == 0) {
            return OptionalInt.of(scratch.bytes.getInt(IFNAMSIZ));
        }
        Errno errno = LibC.lastError();
        if (errno != Errno.ENODEV) {
            throw new LinuxException("ioctl(SIOCGIFINDEX)", errno, name);
        }
        return OptionalInt.empty();
    }

    /** Sets an option of 32 bits and tells whether the kernel took it. */
    boolean option(int level, int name, int value) {
        Scratch scratch = SCRATCH.get();
        scratch.bytes.putInt(0, value);
        return LibC.setsockopt(fd, level, name, scratch.memory, 4) == 0;
    }

    /** Native memory for one small argument, of one thread. */
    private static final class Scratch {
        private final ByteBuffer bytes = ByteBuffer.allocateDirect(IFREQ).order(ByteOrder.nativeOrder());
        private final Pointer memory = Native.getDirectBufferPointer(bytes);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            LibC.close(fd);
        }
    }
}
