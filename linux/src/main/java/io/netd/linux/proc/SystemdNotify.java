package io.netd.linux.proc;

import static io.netd.linux.sys.Constants.AF_UNIX;
import static io.netd.linux.sys.Constants.MSG_NOSIGNAL;
import static io.netd.linux.sys.Constants.SOCK_CLOEXEC;
import static io.netd.linux.sys.Constants.SOCK_DGRAM;

import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Tells systemd how the service is, by sd_notify(3)'s datagram; does nothing when {@code NOTIFY_SOCKET} is not set.
 * Every method throws {@link LinuxException} when the datagram cannot be sent.
 */
public final class SystemdNotify {
    private SystemdNotify() {}

    /** The service answers requests now. */
    public static void ready() {
        tell("READY=1");
    }

    /** The service is on its way out. */
    public static void stopping() {
        tell("STOPPING=1");
    }

    /** One line that {@code systemctl status} shows. */
    public static void status(String line) {
        tell("STATUS=" + line.replace('\n', ' '));
    }

    private static void tell(String state) {
        String socket = System.getenv("NOTIFY_SOCKET");
        if (socket != null && !socket.isEmpty()) {
            send(socket, state);
        }
    }

    static void send(String socket, String state) {
        byte[] message = state.getBytes(StandardCharsets.UTF_8);
        byte[] address = address(socket);
        int number = Libc.sockets().socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        try (Fd fd = Fd.owning(Libc.check("socket", number, "AF_UNIX"))) {
            long sent =
                    Libc.sockets().sendto(fd.number(), message, message.length, MSG_NOSIGNAL, address, address.length);
            Libc.check("sendto", (int) sent, socket);
        }
    }

    /** {@code struct sockaddr_un}; a leading @ stands for the NUL of an abstract name. */
    private static byte[] address(String socket) {
        byte[] name = Libc.text(socket);
        if (name[0] == '@') {
            name[0] = 0;
        }
        int length = name[0] == 0 ? name.length - 1 : name.length;
        return ByteBuffer.allocate(Short.BYTES + length)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_UNIX)
                .put(name, 0, length)
                .array();
    }
}
