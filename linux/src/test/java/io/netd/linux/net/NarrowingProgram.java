package io.netd.linux.net;

import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/** Narrows a held socket to IPv4 and says what came of it, and whether another program of its user's may bind the port. */
final class NarrowingProgram {
    private static final int PORT = 8088;

    private NarrowingProgram() {}

    public static void main(String[] arguments) throws IOException {
        HeldSocket both = HeldSocket.dualStack(Protocol.TCP, PORT);
        System.out.println(narrow(both) + ", others are " + (isBoundByOthers() ? "let in" : "refused"));
    }

    private static String narrow(HeldSocket both) {
        try {
            both.narrowed(IpFamily.IPV4);
            both.close();
            return "narrowed";
        } catch (LinuxException e) {
            return "kept: " + e.errno();
        }
    }

    private static boolean isBoundByOthers() throws IOException {
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            other.setOption(StandardSocketOptions.SO_REUSEPORT, true).bind(new InetSocketAddress("0.0.0.0", PORT));
            return true;
        } catch (BindException e) {
            return false;
        }
    }
}
