package io.netd.linux.sys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/**
 * The C library, in parts that are each bound at first use because binding costs start-up time. Thread-safe. Every call
 * keeps its error number for the calling thread until that thread's next call.
 */
public final class Libc {
    private Libc() {}

    /** The calls about descriptors and files. */
    public static FileCalls files() {
        return Files.CALLS;
    }

    /** The calls about mounts. */
    public static MountCalls mounts() {
        return Mounts.CALLS;
    }

    /** The calls about namespaces. */
    public static NamespaceCalls namespaces() {
        return Namespaces.CALLS;
    }

    /** The calls about sockets. */
    public static SocketCalls sockets() {
        return Sockets.CALLS;
    }

    /** The calls about epoll. */
    public static EventCalls events() {
        return Events.CALLS;
    }

    /** Calls by number. */
    public static RawCalls raw() {
        return Raw.CALLS;
    }

    /** Why the calling thread's last call failed; ask in the very next statement. */
    public static Errno lastErrno() {
        return Errno.of(LastError.getLastError(Runtime.getSystemRuntime()));
    }

    /**
     * The result of a call unless it is -1.
     *
     * @param argument what the call was about, for the message
     * @throws LinuxException when it is -1
     */
    public static int check(String call, int result, Object argument) {
        if (result == -1) {
            Errno errno = lastErrno();
            throw new LinuxException(call, errno, argument.toString());
        }
        return result;
    }

    /**
     * A text as the C library wants it.
     *
     * @throws IllegalArgumentException when it has a NUL character, where the kernel would cut it off
     */
    public static byte[] text(Object text) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            if (b == 0) {
                throw new IllegalArgumentException(
                        "NUL character in " + text.toString().replace('\0', '?'));
            }
        }
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    private static <T> T bind(Class<T> calls) {
        return LibraryLoader.loadLibrary(calls, Map.of(), "libc.so.6");
    }

    private static final class Files {
        static final FileCalls CALLS = bind(FileCalls.class);
    }

    private static final class Mounts {
        static final MountCalls CALLS = bind(MountCalls.class);
    }

    private static final class Namespaces {
        static final NamespaceCalls CALLS = bind(NamespaceCalls.class);
    }

    private static final class Sockets {
        static final SocketCalls CALLS = bind(SocketCalls.class);
    }

    private static final class Events {
        static final EventCalls CALLS = bind(EventCalls.class);
    }

    private static final class Raw {
        static final RawCalls CALLS = bind(RawCalls.class);
    }
}
