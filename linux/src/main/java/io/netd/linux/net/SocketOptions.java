package io.netd.linux.net;

import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Options of sockets whose value is an int, or some beside one another. */
final class SocketOptions {
    private SocketOptions() {}

    static void set(Fd fd, int level, int option, int... numbers) {
        ByteBuffer value = ByteBuffer.allocate(numbers.length * Integer.BYTES).order(ByteOrder.nativeOrder());
        for (int number : numbers) {
            value.putInt(number);
        }
        int result = Libc.sockets().setsockopt(fd.number(), level, option, value.array(), value.capacity());
        Libc.check("setsockopt " + level + "/" + option, result, fd);
    }
}
