package io.netd.linux.net;

import static io.netd.linux.sys.Constants.AF_INET;
import static io.netd.linux.sys.Constants.AF_INET6;
import static io.netd.linux.sys.Constants.AF_PACKET;
import static io.netd.linux.sys.Constants.IPPROTO_RAW;
import static io.netd.linux.sys.Constants.SOCK_CLOEXEC;
import static io.netd.linux.sys.Constants.SOCK_RAW;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.MacAddress;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Sends packets whose headers the caller wrote, in the network namespace of the calling thread (raw(7), packet(7)). */
public final class RawPackets {
    private static final int ETHERNET_HEADER = 14;
    private static final int ETH_P_IP = 0x0800;
    private static final int ETH_P_IPV6 = 0x86dd;
    private static final int MAC_LENGTH = 6;
    private static final int SOCKADDR_LL = 20;

    private RawPackets() {}

    /**
     * Sends an IP packet as this host's own: it takes the way through OUTPUT that any other would.
     *
     * @param packet with its IP header
     * @throws LinuxException ENETUNREACH without a route, EPERM when a rule drops it or without CAP_NET_RAW
     */
    public static void send(IpAddress destination, byte[] packet) {
        boolean ipv4 = destination.family() == IpFamily.IPV4;
        try (Fd fd = open(ipv4 ? AF_INET : AF_INET6, IPPROTO_RAW)) {
            send(fd, packet, SocketAddressBytes.of(destination, 0), "packet to " + destination);
        }
    }

    /**
     * Sends an IP packet out of a link, without routes and rules.
     *
     * @param index the link, an Ethernet one
     * @param receiver whose hardware address the frame bears
     * @throws LinuxException ENETDOWN when the link is down
     */
    public static void sendOn(int index, MacAddress receiver, IpFamily family, byte[] packet) {
        int protocol = family == IpFamily.IPV4 ? ETH_P_IP : ETH_P_IPV6;
        byte[] frame = ByteBuffer.allocate(ETHERNET_HEADER + packet.length)
                .put(receiver.bytes())
                .put(MacAddress.randomLocal().bytes())
                .putShort((short) protocol)
                .put(packet)
                .array();
        try (Fd fd = open(AF_PACKET, 0)) {
            send(fd, frame, linkAddress(index, protocol), "frame on link " + index);
        }
    }

    private static Fd open(int family, int protocol) {
        int fd = Libc.sockets().socket(family, SOCK_RAW | SOCK_CLOEXEC, protocol);
        return Fd.owning(Libc.check("socket", fd, "raw"));
    }

    private static void send(Fd fd, byte[] bytes, byte[] address, String what) {
        long sent = Libc.sockets().sendto(fd.number(), bytes, bytes.length, 0, address, address.length);
        Libc.check("sendto", (int) sent, what);
    }

    /** {@code struct sockaddr_ll}: family, protocol in network order, index; the rest is in the frame. */
    private static byte[] linkAddress(int index, int protocol) {
        ByteBuffer buffer = ByteBuffer.allocate(SOCKADDR_LL).order(ByteOrder.nativeOrder());
        buffer.putShort((short) AF_PACKET);
        buffer.order(ByteOrder.BIG_ENDIAN).putShort((short) protocol);
        buffer.order(ByteOrder.nativeOrder()).putInt(index);
        return buffer.put(11, (byte) MAC_LENGTH).array();
    }
}
